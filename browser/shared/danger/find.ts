/**
 * Searches text for words of acute danger, only in this browser: it reports nothing to anybody. A
 * list has beginnings of words and phrases. An entry that ends with "|" matches whole words only.
 */
import { later } from '../later'
import { fold } from './fold'

type List = () => Promise<{ default: string[] }>

const LATIN: List[] = [
  later(() => import('./de.json')),
  later(() => import('./en.json')),
  later(() => import('./tr.json')),
  later(() => import('./fr.json')),
]
const CYRILLIC: List[] = [later(() => import('./ru.json')), later(() => import('./uk.json'))]
const ARABIC: List[] = [later(() => import('./ar.json')), later(() => import('./fa.json'))]

/** Arabic writes "and", "so", "by", "to", "will" and the article as part of the next word. */
const PREFIXES = ['', 'و', 'ف', 'ب', 'ل', 'س', 'ال', 'وال', 'ه']

/** Whether `text` speaks of acute danger, in any language that uses its letters. */
export async function findDanger(text: string): Promise<boolean> {
  const folded = fold(text)
  const lists = await Promise.all(listsFor(text).map((load) => load()))
  return lists.some(({ default: entries }) => entries.some((entry) => has(folded, entry)))
}

function listsFor(text: string): List[] {
  return [
    ...(/\p{Script=Latin}/u.test(text) ? [...LATIN, ...TRANSLITERATED] : []),
    ...(/\p{Script=Cyrillic}/u.test(text) ? CYRILLIC : []),
    ...(/\p{Script=Arabic}/u.test(text) ? ARABIC : []),
  ]
}

/** People often type Arabic and Russian in Latin letters. Both lists contain such words, too. */
const TRANSLITERATED: List[] = [later(() => import('./ar.json')), later(() => import('./ru.json'))]

function has(folded: string, entry: string): boolean {
  const root = fold(entry).trimEnd()
  const end = entry.endsWith('|') ? ' ' : ''
  if (!/\p{Script=Arabic}/u.test(root)) return folded.includes(root + end)
  return PREFIXES.some((prefix) => folded.includes(` ${prefix}${root.trimStart()}${end}`))
}
