/** Letters that people write in several ways, and one spelling for each, much like lotse/core. */
const ALIKE: Readonly<Record<string, string>> = {
  ß: 'ss',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ک: 'ك',
  ة: 'ه',
  ە: 'ه',
  ہ: 'ه',
  ґ: 'г',
}

/** Lower case, without marks, a space before and after every word: " ich will nicht mehr ". */
export function fold(text: string): string {
  const bare = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}\u0640'’ʼ`]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/./gu, (letter) => ALIKE[letter] ?? letter)
  return ` ${bare.trim()} `
}
