/** Sealed = 1 ‖ key id (8) ‖ nonce (12) ‖ AES-256-GCM ciphertext and tag. */
import { concat, random, same } from './bytes'
import { CryptoFailure } from './failure'
import type { Bytes, SecretKey } from './types'

export const VERSION = 1
export const KEY_ID = 8
/** The length of an identity's or a box's seed, in bytes. */
export const SEED = 32
const NONCE = 12
const HEAD = 1 + KEY_ID + NONCE
const TAG = 16

export async function seal(secret: SecretKey, plain: Bytes, context: Bytes): Promise<Bytes> {
  const head = concat(Uint8Array.of(VERSION), secret.id)
  const iv = random(NONCE)
  const parameters = { name: 'AES-GCM', iv, additionalData: concat(context, head) }
  const sealed = await crypto.subtle.encrypt(parameters, secret.key, plain)
  return concat(head, iv, new Uint8Array(sealed))
}

export async function open(secret: SecretKey, sealed: Bytes, context: Bytes): Promise<Bytes> {
  if (!same(sealedUnder(sealed), secret.id)) throw new CryptoFailure('sealed under another key')
  const head = sealed.subarray(0, 1 + KEY_ID)
  const iv = sealed.subarray(head.length, HEAD)
  const parameters = { name: 'AES-GCM', iv, additionalData: concat(context, head) }
  try {
    const plain = await crypto.subtle.decrypt(parameters, secret.key, sealed.subarray(HEAD))
    return new Uint8Array(plain)
  } catch {
    throw new CryptoFailure('cannot be opened')
  }
}

/** The id of the key that opens `sealed`. */
export function sealedUnder(sealed: Bytes): Bytes {
  if (sealed.length < HEAD + TAG || sealed[0] !== VERSION) throw new CryptoFailure('not sealed')
  return sealed.slice(1, 1 + KEY_ID)
}
