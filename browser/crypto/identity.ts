import { sha256, toBase64url } from './bytes'
import { context } from './context'
import { signing, verifies } from './curves'
import { CryptoFailure } from './failure'
import type { Bytes, IdentityKey } from './types'

export function identityFrom(seed: Bytes): Promise<IdentityKey> {
  return signing(seed)
}

export async function verify(publicKey: Bytes, signature: Bytes, signed: Bytes): Promise<void> {
  if (!(await verifies(publicKey, signature, signed))) throw new CryptoFailure('wrong signature')
}

/** The statement that an identity signs to claim a box as its own. */
export function boxStatement(person: string, boxId: Bytes, box: Bytes): Bytes {
  return context('box', person, toBase64url(boxId), toBase64url(box))
}

/** A person's safety number for the telephone: six groups of five digits (99 bits). */
export function safetyNumber(person: string, identityPublic: Bytes): Promise<string> {
  return digitsOf(context('safety-number', person, toBase64url(identityPublic)))
}

/** `manifest` is the hash of the centre's newest manifest, which covers all earlier ones. */
export function centreSafetyNumber(centre: string, manifest: string): Promise<string> {
  return digitsOf(context('safety-number-centre', centre, manifest))
}

async function digitsOf(what: Bytes): Promise<string> {
  const hash = await sha256(what)
  const groups = Array.from({ length: 6 }, (_, i) =>
    hash.subarray(i * 5, i * 5 + 5).reduce((number, byte) => (number * 256 + byte) % 100_000, 0),
  )
  return groups.map((group) => String(group).padStart(5, '0')).join(' ')
}
