/**
 * MLKEM768-X25519 (HPKE KEM 0x647a, "X-Wing") for the `hpke` package: ML-KEM from noble, X25519 from
 * curves.ts. A private key is a 32-byte seed; SHAKE-256 stretches it to the ML-KEM seed (64) and the
 * X25519 secret (32).
 */
import { sha3_256, shake256 } from '@noble/hashes/sha3.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import type { KEM, Key } from 'hpke'
import { concat, random, utf8 } from './bytes'
import { type Agreement, agreement } from './curves'
import { CryptoFailure } from './failure'
import type { Bytes } from './types'

const NAME = 'MLKEM768-X25519'
const LABEL = utf8('\\.//^\\')
const SIZES = { Nsecret: 32, Nenc: 1120, Npk: 1216, Nsk: 32 }
const KEM_PUBLIC = 1184
const KEM_CIPHERTEXT = 1088

export interface HybridKey extends Key {
  readonly publicKey: Bytes
  readonly secret?: { seed: Bytes; kem: Uint8Array; curve: Agreement }
}

export const hybridKem = (): KEM<HybridKey> => ({
  id: 0x647a,
  type: 'KEM',
  name: NAME,
  ...SIZES,
  DeriveKeyPair: notOffered,
  async GenerateKeyPair(extractable) {
    const privateKey = await privateOf(random(SIZES.Nsk), extractable)
    return { privateKey, publicKey: publicOf(privateKey.publicKey) }
  },
  SerializePublicKey: async (key) => key.publicKey,
  DeserializePublicKey: async (bytes) => publicOf(bytes.slice()),
  SerializePrivateKey: async (key) => secretOf(key).seed.slice(),
  DeserializePrivateKey: async (seed, extractable) => privateOf(seed.slice(), extractable),
  async Encap(recipient) {
    const kem = ml_kem768.encapsulate(recipient.publicKey.subarray(0, KEM_PUBLIC))
    const theirs = recipient.publicKey.slice(KEM_PUBLIC)
    const ours = await agreement(random(32))
    const shared_secret = combine(
      kem.sharedSecret,
      await ours.agree(theirs),
      ours.publicKey,
      theirs,
    )
    return { shared_secret, enc: concat(kem.cipherText, ours.publicKey) }
  },
  async Decap(enc, key) {
    const { kem, curve } = secretOf(key)
    const theirs = enc.slice(KEM_CIPHERTEXT)
    const shared = ml_kem768.decapsulate(enc.subarray(0, KEM_CIPHERTEXT), kem)
    return combine(shared, await curve.agree(theirs), theirs, curve.publicKey)
  },
})

function combine(kem: Uint8Array, curve: Bytes, sent: Bytes, recipient: Bytes): Uint8Array {
  return sha3_256(concat(kem, curve, sent, recipient, LABEL))
}

async function privateOf(seed: Bytes, extractable: boolean): Promise<HybridKey> {
  const stretched = shake256(seed, { dkLen: 96 }) as Bytes
  const kem = ml_kem768.keygen(stretched.subarray(0, 64))
  const curve = await agreement(stretched.slice(64))
  stretched.fill(0)
  return {
    algorithm: { name: NAME },
    type: 'private',
    extractable,
    publicKey: concat(kem.publicKey, curve.publicKey),
    secret: { seed, kem: kem.secretKey, curve },
  }
}

function publicOf(publicKey: Bytes): HybridKey {
  return { algorithm: { name: NAME }, type: 'public', extractable: true, publicKey }
}

function secretOf(key: HybridKey) {
  if (!key.secret) throw new CryptoFailure('not a private key')
  return key.secret
}

/** The interface requires these functions, but all our keys come from seeds. */
async function notOffered(): Promise<never> {
  throw new CryptoFailure('not offered')
}
