/** 16 random bytes as Crockford base32: 26 letters and 2 check letters, in seven groups of four. */
import { sha3_256 } from '@noble/hashes/sha3.js'
import { random } from './bytes'
import { RecoveryCodeError } from './failure'
import { normalForm } from './normal-form'
import { split } from './password'
import type { Bytes, Derived } from './types'

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BYTES = 16
const SHOWN = 28
// People read the code from paper and type letters that look alike, also on Cyrillic keyboards.
const TYPED = 'OILАВЕКМНОРСТХ'
const MEANT = '011ABEKMH0PCTX'

export function newRecoveryCode(): Bytes {
  return random(BYTES)
}

export function showRecoveryCode(code: Bytes): string {
  const letters = encode(bits(code).padEnd(130, '0') + check(code))
  return (letters.match(/.{4}/g) as string[]).join('-')
}

/** Finds the code in typed or pasted text, such as the whole saved sheet. */
export function parseRecoveryCode(text: string): Bytes {
  for (const letters of candidates(text)) {
    const code = decode(letters)
    if (code) return code
  }
  throw new RecoveryCodeError('no recovery code, or a mistyped one')
}

/** The letters of a code as we show them, without dashes and spaces. */
export function codeLetters(text: string): string {
  return Array.from(normalForm(text).toUpperCase(), meant)
    .filter((letter) => !/[\s\p{Pd}\u2212]/u.test(letter))
    .join('')
}

function meant(letter: string): string {
  const at = TYPED.indexOf(letter)
  return at < 0 ? letter : MEANT.charAt(at)
}

/** The whole text, each line, each word, and each seven words, for a code typed with spaces. */
function candidates(text: string): string[] {
  const words = text.split(/\s+/)
  const sevens = words.map((_, i) => words.slice(i, i + 7).join(''))
  return [text, ...text.split(/[\r\n]+/), ...words, ...sevens].map(codeLetters)
}

/** Undefined if the letters are not a code, or if one of them was mistyped. */
function decode(letters: string): Bytes | undefined {
  const values = Array.from(letters, (letter) => LETTERS.indexOf(letter))
  if (values.length !== SHOWN || values.includes(-1)) return undefined
  const all = values.map((value) => value.toString(2).padStart(5, '0')).join('')
  const code = Uint8Array.from({ length: BYTES }, (_, i) =>
    Number.parseInt(all.slice(i * 8, i * 8 + 8), 2),
  )
  return all.slice(BYTES * 8) === `00${check(code)}` ? code : undefined
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
