/** Five words of two syllables: ten of 13 × 5 pairs, 60 bits. Sayable in most languages. */
// Without p, h and z fewer words come out that hurt in one of them.
const CONSONANTS = 'bdfgklmnrstvw'
const VOWELS = 'aeiou'
const WORDS = 5

export function suggestPassphrase(): string {
  return Array.from({ length: WORDS }, () => syllable() + syllable()).join('-')
}

function syllable(): string {
  return letter(CONSONANTS) + letter(VOWELS)
}

/** Every letter equally likely: bytes beyond the last full round are drawn again. */
function letter(of: string): string {
  const [byte = 255] = crypto.getRandomValues(new Uint8Array(1))
  return byte < 256 - (256 % of.length) ? of.charAt(byte % of.length) : letter(of)
}
