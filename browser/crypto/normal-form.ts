/**
 * One form for what people type from memory on any keyboard. lotse/core/normal_form.py does the
 * same in Python and explains the tables.
 */
const DROPPED =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each mark is dropped separately
  /[\u00ad\u034f\u0600-\u0605\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u0674\u06d6-\u06dd\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u070f\u0890\u0891\u0897-\u089f\u08ca-\u08ff\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python counts these as spaces too
const SPACES = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g
const VARIANTS: [RegExp, string][] = [
  [/[\u0622\u0623\u0625\u0671-\u0673]/g, '\u0627'],
  [/\u0624/g, '\u0648'],
  [/[\u0626\u0649\u06cc]/g, '\u064a'],
  [/[\u06a9\u06aa]/g, '\u0643'],
  [/[\u0629\u06be\u06c0-\u06c3\u06d5]/g, '\u0647'],
]
const ZEROS =
  '660 6f0 7c0 966 9e6 a66 ae6 b66 be6 c66 ce6 d66 de6 e50 ed0 f20 1040 1090 17e0 1810 1946 19d0 1a80 1a90 1b50 1bb0 1c40 1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0 104a0 10d30 10d40 11066 110f0 11136 111d0 112f0 11450 114d0 11650 116c0 116d0 116da 11730 118e0 11950 11bf0 11c50 11d50 11da0 11de0 11f50 16130 16a60 16ac0 16b50 16d70 1e140 1e2f0 1e4f0 1e5f1 1e950'
const ETHIOPIC_ONE = 0x1369

/** Keeps case and Latin accents. Applying it again changes nothing. */
export function normalForm(text: string): string {
  const kept = text.normalize('NFKC').replace(DROPPED, '')
  const letters = VARIANTS.reduce((folded, [from, to]) => folded.replace(from, to), kept)
  const digits = Array.from(letters, westernDigit).join('')
  // A letter and its accent may be neighbours now, if something between them was dropped.
  return digits.normalize('NFKC').replace(SPACES, ' ').replace(/^ | $/g, '')
}

const starts = ZEROS.split(' ').map((zero) => Number.parseInt(zero, 16))

function westernDigit(letter: string): string {
  const code = letter.codePointAt(0) as number
  if (code < 0x660) return letter
  if (code >= ETHIOPIC_ONE && code < ETHIOPIC_ONE + 9) return String(code - ETHIOPIC_ONE + 1)
  const zero = starts.find((start) => code >= start && code < start + 10)
  return zero === undefined ? letter : String(code - zero)
}
