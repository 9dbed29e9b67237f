/** Derives a sign-in key and a wrapping key from a password. */
import { fromBase64url, random, toBase64url, utf8 } from './bytes'
import { context } from './context'
import { hkdf } from './derivation'
import { CryptoFailure } from './failure'
import { normalForm } from './normal-form'
import { importKey } from './secret'
import type { Bytes, Derived, Kdf, Strength } from './types'
import { argon2 } from './worker'

type Floor = Omit<Kdf, 'salt'>
const STRENGTHS: Record<Strength, Floor> = {
  client: { memory_kib: 19456, passes: 2 },
  staff: { memory_kib: 65536, passes: 3 },
}
const SALT = 16

export function freshKdf(strength: Strength): Kdf {
  return { salt: toBase64url(random(SALT)), ...STRENGTHS[strength] }
}

/** Throws CryptoFailure if `kdf` is weaker than `strength` requires. */
export async function derive(
  password: string,
  kdf: Kdf,
  strength: Strength = 'client',
): Promise<Derived> {
  const salt = fromBase64url(kdf.salt)
  refuseWeakOrEndless(salt, kdf, STRENGTHS[strength])
  const master = await argon2({
    password: utf8(normalForm(password)),
    salt,
    memory: kdf.memory_kib,
    passes: kdf.passes,
  })
  const derived = await split(master, 'sign-in', 'wrap')
  master.fill(0)
  return derived
}

/** Derives two keys from one secret: the server sees the first and learns nothing of the second. */
export async function split(secret: Bytes, signIn: string, wrap: string): Promise<Derived> {
  const wrapping = await hkdf(secret, context(wrap))
  const wrappingKey = await importKey(wrapping)
  wrapping.fill(0)
  return { signInKey: toBase64url(await hkdf(secret, context(signIn))), wrappingKey }
}

/** The server must get no sign-in key that makes guessing cheap, and must not freeze a phone. */
function refuseWeakOrEndless(salt: Bytes, { memory_kib, passes }: Kdf, floor: Floor): void {
  const memoryFits =
    Number.isInteger(memory_kib) && memory_kib >= floor.memory_kib && memory_kib <= 262144
  const passesFit = Number.isInteger(passes) && passes >= floor.passes && passes <= 10
  if (salt.length < SALT || salt.length > 64 || !memoryFits || !passesFit) {
    throw new CryptoFailure('parameters refused')
  }
}
