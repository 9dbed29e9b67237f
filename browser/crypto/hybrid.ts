/** Wrapped = 1 ‖ recipient's key id (8) ‖ enc (1120) ‖ HPKE ciphertext and tag. */
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256 } from 'hpke'
import { concat, random, same } from './bytes'
import { CryptoFailure } from './failure'
import { hybridKem } from './kem'
import { KEY_ID, SEED, VERSION } from './sealed'
import type { BoxKey, Bytes, Recipient } from './types'

const kem = hybridKem()
const suite = new CipherSuite(() => kem, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
const HEAD = 1 + KEY_ID
const ENC = 1120

export async function boxFrom(seed: Bytes, id: Bytes): Promise<BoxKey> {
  if (seed.length !== SEED) throw new CryptoFailure('not a seed')
  const privateKey = await kem.DeserializePrivateKey(seed, true)
  return { id, publicKey: privateKey.publicKey, privateKey }
}

export async function newBox(): Promise<{ box: BoxKey; seed: Bytes }> {
  const seed = random(SEED)
  return { box: await boxFrom(seed, random(KEY_ID)), seed }
}

export async function seedOf(box: BoxKey): Promise<Bytes> {
  return new Uint8Array(await kem.SerializePrivateKey(box.privateKey))
}

export async function wrap(to: Recipient, plain: Bytes, context: Bytes): Promise<Bytes> {
  try {
    const key = await suite.DeserializePublicKey(to.publicKey)
    const { encapsulatedSecret, ciphertext } = await suite.Seal(key, plain, { info: context })
    return concat(Uint8Array.of(VERSION), to.id, encapsulatedSecret, ciphertext)
  } catch {
    throw new CryptoFailure('not a box that can be wrapped to')
  }
}

export async function unwrap(box: BoxKey, wrapped: Bytes, context: Bytes): Promise<Bytes> {
  const head = concat(Uint8Array.of(VERSION), box.id)
  if (!same(wrapped.subarray(0, HEAD), head)) throw new CryptoFailure('wrapped to another key')
  const enc = wrapped.slice(HEAD, HEAD + ENC)
  const sealed = wrapped.slice(HEAD + ENC)
  try {
    return new Uint8Array(await suite.Open(box.privateKey, enc, sealed, { info: context }))
  } catch {
    throw new CryptoFailure('cannot be unwrapped')
  }
}
