/** What the interface says, in the person's language. Files: browser/words/<language>.json. */

import loaders from 'words:all'
import { useEffect, useState } from 'preact/hooks'
import { insist } from './later'

export type Part =
  | 'base'
  | 'account'
  | 'ask'
  | 'chat'
  | 'danger'
  | 'desk'
  | 'join'
  | 'keys'
  | 'recover'

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'ckb'])
const parts = new Set<Part>(['base'])
const listeners = new Set<() => void>()
let table: Record<string, string> = {}
let current = 'de'
let plurals = new Intl.PluralRules('de')

/** The interface's language, as in `<html lang>`. */
export const language = (): string => current

/** For Intl. Western digits everywhere: letters, forms and telephone numbers in Germany use them. */
export const locale = (): string => `${current}-u-nu-latn`

export const directionOf = (code: string): 'rtl' | 'ltr' =>
  RIGHT_TO_LEFT.has(code.split('-')[0] ?? '') ? 'rtl' : 'ltr'

/** The words for `key` with `{name}` filled in; `count` chooses `key.one`, `key.few` and so on. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const plural = typeof values.count === 'number' ? plurals.select(values.count) : 'other'
  const words = table[key] ?? table[`${key}.${plural}`] ?? table[`${key}.other`] ?? key
  return words.replace(/\{(\w+)\}/g, (_, name: string) => isolated(String(values[name] ?? '')))
}

const ARABIC_OR_HEBREW = /[\u0590-\u08ff]/

/** A German name would scatter the Arabic words around it, and the other way round. */
function isolated(value: string): string {
  const fits = ARABIC_OR_HEBREW.test(value) === (directionOf(current) === 'rtl')
  return fits || !/\p{L}/u.test(value) ? value : `\u2068${value}\u2069`
}

/** Loads further words; a part stays loaded when the language changes. */
export async function needWords(...more: Part[]): Promise<void> {
  const missing = more.filter((part) => !parts.has(part))
  const loaded = await load(current, missing)
  for (const part of missing) parts.add(part)
  table = { ...table, ...loaded }
}

/** Changes the language in place: nothing that somebody has typed is lost. */
export async function speak(code: string): Promise<void> {
  const loaded = await load(code, [...parts])
  current = code
  table = loaded
  plurals = new Intl.PluralRules(code)
  document.documentElement.lang = code
  document.documentElement.dir = directionOf(code)
  for (const listener of listeners) listener()
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Draws the component anew when the language changes; call it in every root component. */
export function useLanguage(): string {
  const [, again] = useState({})
  useEffect(() => onLanguage(() => again({})), [])
  return current
}

/** Whether `part` has arrived; the component is drawn again when it has. */
export function useWords(part: Part): boolean {
  const [ready, setReady] = useState(parts.has(part))
  useEffect(() => {
    const gone = new AbortController()
    const arrived = () => setReady(true)
    insist(() => needWords(part), gone.signal).then(arrived, () => undefined)
    return () => gone.abort()
  }, [part])
  return ready
}

async function load(code: string, wanted: Part[]): Promise<Record<string, string>> {
  const of = loaders[code] ?? loaders.de
  const modules = await Promise.all(wanted.map((part) => of?.[part]?.()))
  return Object.assign({}, ...modules.map((module) => module?.default))
}
