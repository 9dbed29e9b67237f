/** X25519 and Ed25519 of the browser. If it lacks one, @noble/curves is loaded. */
import { later } from '../shared/later'
import { concat, fromBase64url } from './bytes'
import type { Bytes } from './types'

const noble = later(() => import('./noble'))

type Name = 'X25519' | 'Ed25519'

// PKCS#8 around a 32-byte secret (RFC 8410): browsers import private keys only in this form.
const PKCS8 = {
  X25519: Uint8Array.of(48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 110, 4, 34, 4, 32),
  Ed25519: Uint8Array.of(48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32),
}

export interface Agreement {
  publicKey: Bytes
  /** The secret that is shared with the owner of the public key `other`. */
  agree(other: Bytes): Promise<Bytes>
}

export interface Signing {
  publicKey: Bytes
  sign(bytes: Bytes): Promise<Bytes>
}

export async function agreement(secret: Bytes): Promise<Agreement> {
  if (!(await native('X25519'))) {
    const { x25519 } = await noble()
    const kept = secret.slice()
    return {
      publicKey: x25519.getPublicKey(kept),
      agree: async (other) => x25519.getSharedSecret(kept, other),
    }
  }
  const key = await importSecret('X25519', secret, ['deriveBits'])
  return {
    publicKey: await publicOf(key),
    async agree(other) {
      const theirs = await crypto.subtle.importKey('raw', other, 'X25519', false, [])
      const parameters = { name: 'X25519', public: theirs }
      return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256))
    },
  }
}

export async function signing(secret: Bytes): Promise<Signing> {
  if (!(await native('Ed25519'))) {
    const { ed25519 } = await noble()
    const kept = secret.slice()
    return {
      publicKey: ed25519.getPublicKey(kept),
      sign: async (bytes) => ed25519.sign(bytes, kept),
    }
  }
  const key = await importSecret('Ed25519', secret, ['sign'])
  return {
    publicKey: await publicOf(key),
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, bytes)),
  }
}

export async function verifies(publicKey: Bytes, signature: Bytes, bytes: Bytes): Promise<boolean> {
  // Outside of the `try`: a download that failed must not make a true signature false.
  const curves = (await native('Ed25519')) ? undefined : await noble()
  try {
    if (curves) return curves.ed25519.verify(signature, bytes, publicKey, { zip215: false })
    const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', key, signature, bytes)
  } catch {
    return false
  }
}

const known = new Map<Name, Promise<boolean>>()

function native(name: Name): Promise<boolean> {
  const usages: KeyUsage[] = name === 'X25519' ? ['deriveBits'] : ['sign', 'verify']
  const tried =
    known.get(name) ??
    crypto.subtle.generateKey(name, false, usages).then(
      () => true,
      () => false,
    )
  known.set(name, tried)
  return tried
}

function importSecret(name: Name, secret: Bytes, usages: KeyUsage[]): Promise<CryptoKey> {
  // Extractable because browsers give the public key of a private one only by exporting it.
  return crypto.subtle.importKey('pkcs8', concat(PKCS8[name], secret), name, true, usages)
}

async function publicOf(key: CryptoKey): Promise<Bytes> {
  const { x } = await crypto.subtle.exportKey('jwk', key)
  return fromBase64url(x as string)
}
