/** Letters that people write in several ways, and the spelling that the search compares. */
const ALIKE: Readonly<Record<string, string>> = {
  ß: 'ss',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ہ: 'ه',
  ґ: 'г',
}

interface Folded {
  text: string
  /** For each letter of the folded text, its index in the original. */
  places: number[]
}

function foldWithPlaces(text: string): Folded {
  const folded: Folded = { text: '', places: [] }
  let at = 0
  for (const letter of text) {
    const bare = foldLetter(letter)
    folded.text += bare
    for (let index = 0; index < bare.length; index++) folded.places.push(at)
    at += letter.length
  }
  folded.places.push(at)
  return folded
}

function foldLetter(letter: string): string {
  const bare = letter
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}\u0640]/gu, '')
  return ALIKE[bare] ?? bare
}

const known = new Map<string, Folded>()

/** Caches the folded text: folding is slow, and each typed letter searches the same texts again. */
function foldOnce(text: string): Folded {
  const folded = known.get(text) ?? foldWithPlaces(text)
  known.set(text, folded)
  return folded
}

/** Called when a search ends: plain text is not kept any longer. */
export const forgetFolded = () => known.clear()

/** Where `words` occur in `text`, as ranges of the unfolded text. */
export function findIn(text: string, words: string): [number, number][] {
  const wanted = foldWithPlaces(words).text.trim()
  const { text: folded, places } = foldOnce(text)
  const ranges: [number, number][] = []
  if (!wanted) return ranges
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const last = places[at + wanted.length - 1] ?? 0
    const end = places.find((place) => place > last) ?? text.length
    ranges.push([places[at] ?? 0, end])
  }
  return ranges
}
