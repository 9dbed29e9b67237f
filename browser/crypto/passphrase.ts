/** Five words of two syllables, easy to say in most languages: 60 bits (ten of 13 × 5 pairs). */
// Leaving out p, h and z avoids most words that are offensive in one of our languages.
const CONSONANTS = 'bdfgklmnrstvw'
const VOWELS = 'aeiou'
const WORDS = 5

export function suggestPassphrase(): string {
  return Array.from({ length: WORDS }, () => syllable() + syllable()).join('-')
}

function syllable(): string {
  return letter(CONSONANTS) + letter(VOWELS)
}

/** Draws again after bytes beyond the last full round, to make all letters equally likely. */
function letter(of: string): string {
  const [byte = 255] = crypto.getRandomValues(new Uint8Array(1))
  return byte < 256 - (256 % of.length) ? of.charAt(byte % of.length) : letter(of)
}
