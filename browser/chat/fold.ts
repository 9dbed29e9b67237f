/** Letters that people write in many ways, made one, each with its place in the text. */
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
  /** For each letter of the folded text, where it stands in the original. */
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

/** Folding takes longer than finding, and one searches the same texts letter after letter. */
function foldOnce(text: string): Folded {
  const folded = known.get(text) ?? foldWithPlaces(text)
  known.set(text, folded)
  return folded
}

/** Plain text is not kept any longer than it is searched. */
export const forgetFolded = () => known.clear()

/** Where `words` stand in `text`, as ranges of the original. */
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
