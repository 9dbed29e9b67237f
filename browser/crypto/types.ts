import type { HybridKey } from './kem'

export type Bytes = Uint8Array<ArrayBuffer>

/** A symmetric key; `id` is random and reveals nothing about it. */
export interface SecretKey {
  readonly id: Bytes
  readonly key: CryptoKey
}

export interface IdentityKey {
  readonly publicKey: Bytes
  sign(bytes: Bytes): Promise<Bytes>
}

/** A key pair, to which others wrap keys. */
export interface BoxKey {
  readonly id: Bytes
  readonly publicKey: Bytes
  readonly privateKey: HybridKey
}

export type Recipient = Pick<BoxKey, 'id' | 'publicKey'>

/** One person's keys, in memory only. */
export interface Account {
  readonly person: string
  readonly key: SecretKey
  readonly identity: IdentityKey
  /** Opened at the first call. */
  readonly box: () => Promise<BoxKey>
}

export type Strength = 'client' | 'staff'

export interface Kdf {
  salt: string
  memory_kib: number
  passes: number
}

/** Derived from a password: the sign-in key is sent to the server, the wrapping key stays here. */
export interface Derived {
  readonly signInKey: string
  readonly wrappingKey: CryptoKey
}

export interface PasswordKeys extends Kdf {
  sign_in_key: string
  wrapped_by_password: string
}

export interface RecoveryKeys {
  recovery_sign_in_key: string
  wrapped_by_recovery: string
}

/** `keys` of POST /api/accounts and /api/join. */
export interface NewKeys extends PasswordKeys, RecoveryKeys {
  private_keys: string
  identity_public: string
  box_public: string
  box_key_id: string
  box_signature: string
}

/** The part of `keys` of GET /api/me that opens an account. */
export type AccountWire = Pick<NewKeys, 'wrapped_by_password' | 'private_keys'>
export type RecoveryWire = Pick<NewKeys, 'wrapped_by_recovery' | 'private_keys'>

export interface Member {
  person: string
  identity: string
  lead: boolean
}

export interface ManifestWire {
  number: number
  body: string
  signer: string
  signature: string
}

export interface CentreBox {
  readonly key_id: string
  readonly box: string
}

/** The newest manifest of a verified chain; `boxes` has every epoch of the chain. */
export interface Manifest {
  readonly centre: string
  readonly number: number
  readonly epoch: number
  readonly key_id: string
  readonly box: string
  readonly members: readonly Member[]
  readonly hash: string
  readonly boxes: ReadonlyMap<number, CentreBox>
}

/** A browser remembers the hash of a centre's first manifest, and number and hash of the newest. */
export interface CentrePin {
  readonly root: string
  readonly number: number
  readonly hash: string
}

export interface WaitingMember {
  person: string
  identity_public: string
  box_public: string
  box_key_id: string
  box_signature: string
}

/** The part of GET /api/centre-keys that opening needs. */
export interface CentreKeysWire {
  centre: string
  manifests: ManifestWire[]
  wraps: { epoch: number; wrapped: string }[]
}

/** A centre's keys as a member opens them. `boxes` is empty until the member is admitted. */
export interface CentreKeys {
  readonly manifest: Manifest
  readonly boxes: ReadonlyMap<number, BoxKey>
  readonly lead: boolean
}

/** POST /api/centre-keys/found */
export interface FoundWire {
  epoch: { number: 1; key_id: string; box_public: string }
  wrapped: string
  manifest: { number: 1; body: string; signature: string }
}

/** POST /api/centre-keys/admit */
export interface AdmitWire {
  person: string
  wraps: { epoch: number; wrapped: string }[]
  manifest: { number: number; body: string; signature: string }
}

export interface ConversationKey extends SecretKey {
  readonly epoch: number
}

export type ConversationKeys = ReadonlyMap<number, ConversationKey>

/** `keys` of POST /api/cases */
export interface ConversationWire {
  epoch: 1
  key_id: string
  client_wrap: string
  centre_wrap: string
  centre_epoch: number
}

export interface ConversationWrap {
  epoch: number
  key_id: string
  recipient: string
  recipient_epoch: number
  wrapped: string
}

export interface MessagePlace {
  conversation: string
  message: string
  sender: string
}

/** Names a message by its id and the number that the server gave it. */
export type Name = readonly [id: string, number: number]

interface Said {
  /**
   * The messages that the sender's device had seen when it sealed this one: the sender's own that
   * were acknowledged since the previous one, and the newest one by others that it had shown.
   */
  after?: Name[]
}

interface Answer extends Said {
  /** The id of the answered message. Its text is not copied: its author may delete it. */
  reply?: string
}

export interface TextContent extends Answer {
  kind: 'text'
  text: string
}

/** `key`, `hash` and `preview` are base64url; `preview` is a tiny JPEG. */
export interface FileContent extends Answer {
  kind: 'file'
  blob: string
  key: string
  hash: string
  chunks: number
  name: string
  type: string
  size: number
  width?: number
  height?: number
  preview?: string
  seconds?: number
  caption?: string
}

/** Replaces the text of the sender's own message `of`. */
export interface EditContent extends Said {
  kind: 'edit'
  of: string
  text: string
}

/** `link` is a path of our own origin. */
export interface CardContent extends Answer {
  kind: 'card'
  title: string
  text: string
  link: string
}

/** A kind that this version of the program does not know, or content with invalid fields. */
export interface UnknownContent extends Said {
  kind: 'unknown'
}

export type Content = TextContent | FileContent | EditContent | CardContent

export interface FilePlace {
  conversation: string
  blob: string
}
