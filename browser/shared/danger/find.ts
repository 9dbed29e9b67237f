/**
 * Words of acute danger, looked for in this browser only: nobody is told that there was one. A list
 * has beginnings of words and phrases; one with "|" at its end matches whole words only.
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

/** "and", "so", "by", "to", "will" and the article are written onto the word that follows. */
const PREFIXES = ['', 'و', 'ف', 'ب', 'ل', 'س', 'ال', 'وال', 'ه']

/** Whether `text` speaks of acute danger, in any of the languages that its letters allow. */
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

/** Arabic and Russian are often typed in Latin letters; their lists have such words too. */
const TRANSLITERATED: List[] = [later(() => import('./ar.json')), later(() => import('./ru.json'))]

function has(folded: string, entry: string): boolean {
  const root = fold(entry).trimEnd()
  const end = entry.endsWith('|') ? ' ' : ''
  if (!/\p{Script=Arabic}/u.test(root)) return folded.includes(root + end)
  return PREFIXES.some((prefix) => folded.includes(` ${prefix}${root.trimStart()}${end}`))
}
