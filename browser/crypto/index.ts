/** All that the islands may use of the keys; formats in docs/keys.md. Failures are CryptoFailure. */
import type {
  Account,
  AccountWire,
  AdmitWire,
  Bytes,
  CentreKeys,
  CentreKeysWire,
  Content,
  ConversationKey,
  ConversationKeys,
  ConversationWire,
  ConversationWrap,
  Derived,
  FilePlace,
  FoundWire,
  Kdf,
  Manifest,
  ManifestWire,
  MessagePlace,
  NewKeys,
  PasswordKeys,
  RecoveryWire,
  Strength,
  UnknownContent,
  WaitingMember,
} from './types'

export { CentreChanged, CryptoFailure, RecoveryCodeError } from './failure'
export type * from './types'

export declare function toBase64url(bytes: Bytes): string
export declare function fromBase64url(text: string): Bytes

export declare function suggestPassphrase(): string
export declare function createAccount(
  person: string,
  password: string,
  strength: Strength,
): Promise<{ account: Account; keys: NewKeys; recoveryCode: string }>
export declare function derive(password: string, kdf: Kdf): Promise<Derived>
export declare function openAccount(
  person: string,
  derived: Derived,
  wire: AccountWire,
): Promise<Account>
export declare function changePassword(
  account: Account,
  password: string,
  strength: Strength,
): Promise<PasswordKeys>
export declare function parseRecoveryCode(text: string): Bytes
export declare function recoverySignInKey(code: Bytes): Promise<string>
export declare function openWithRecovery(
  person: string,
  code: Bytes,
  wire: RecoveryWire,
): Promise<Account>

export declare function foundCentre(account: Account, centre: string): Promise<FoundWire>
export declare function verifyManifests(
  centre: string,
  manifests: ManifestWire[],
): Promise<Manifest>
export declare function forgetCentre(centre: string): Promise<void>
export declare function openCentre(account: Account, wire: CentreKeysWire): Promise<CentreKeys>
export declare function admit(
  account: Account,
  keys: CentreKeys,
  member: WaitingMember,
): Promise<AdmitWire>
export declare function safetyNumber(person: string, identityPublic: Bytes): Promise<string>

export declare function newConversation(
  account: Account,
  conversation: string,
  centre: Manifest,
): Promise<{ key: ConversationKey; wire: ConversationWire }>
export declare function openConversation(
  conversation: string,
  wraps: ConversationWrap[],
  reader: Account | { account: Account; centre: CentreKeys },
): Promise<ConversationKeys>
export declare function sealMessage(
  key: ConversationKey,
  place: MessagePlace,
  content: Content,
): Promise<string>
export declare function openMessage(
  keys: ConversationKeys,
  place: MessagePlace & { epoch: number },
  body: string,
): Promise<Content | UnknownContent>
export declare function sealDraft(
  account: Account,
  conversation: string,
  text: string,
): Promise<string>
export declare function openDraft(
  account: Account,
  conversation: string,
  sealed: string,
): Promise<string>

export declare function newFileKey(): Bytes
export declare function sealChunk(
  key: Bytes,
  place: FilePlace,
  index: number,
  last: boolean,
  plain: Bytes,
): Promise<Bytes>
export declare function openChunk(
  key: Bytes,
  place: FilePlace,
  index: number,
  last: boolean,
  sealed: Bytes,
): Promise<Bytes>
/** Collects the sealed chunks' tags, in any order, e.g. after a resumed upload. */
export declare class FileHash {
  add(index: number, sealed: Bytes): void
  /** Throws CryptoFailure when a chunk below `chunks` is missing. */
  digest(chunks: number): Promise<string>
}
