/** 16 random bytes as Crockford base32: 26 letters and 2 that check them, in seven groups of four. */
import { sha3_256 } from '@noble/hashes/sha3.js'
import { random } from './bytes'
import { RecoveryCodeError } from './failure'
import { split } from './password'
import type { Bytes, Derived } from './types'

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BYTES = 16
// Read from paper and typed on the keyboard at hand: digits and look-alike letters of other scripts.
const TYPED = 'OILАВЕКМНОРСТХ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹'
const MEANT = '011ABEKMH0PCTX01234567890123456789'

export function newRecoveryCode(): Bytes {
  return random(BYTES)
}

export function showRecoveryCode(code: Bytes): string {
  const letters = encode(bits(code).padEnd(130, '0') + check(code))
  return (letters.match(/.{4}/g) as string[]).join('-')
}

export function parseRecoveryCode(text: string): Bytes {
  const letters = [...text.toUpperCase()]
    .map((letter) => (TYPED.includes(letter) ? MEANT.charAt(TYPED.indexOf(letter)) : letter))
    .filter((letter) => !/[\s\p{Pd}\p{Cf}]/u.test(letter))
  const values = letters.map((letter) => LETTERS.indexOf(letter))
  if (values.length !== 28 || values.includes(-1))
    throw new RecoveryCodeError('not a recovery code')
  const all = values.map((value) => value.toString(2).padStart(5, '0')).join('')
  const code = Uint8Array.from({ length: BYTES }, (_, i) =>
    Number.parseInt(all.slice(i * 8, i * 8 + 8), 2),
  )
  if (all.slice(128) !== `00${check(code)}`) throw new RecoveryCodeError('mistyped')
  return code
}

export async function recoverySignInKey(code: Bytes): Promise<string> {
  return (await deriveFromCode(code)).signInKey
}

export function deriveFromCode(code: Bytes): Promise<Derived> {
  return split(code, 'recovery-sign-in', 'recovery-wrap')
}

function check(code: Bytes): string {
  return bits(sha3_256(code)).slice(0, 10)
}

function bits(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
}

function encode(all: string): string {
  return (all.match(/.{5}/g) as string[]).map((five) => LETTERS[Number.parseInt(five, 2)]).join('')
}
