/** The interface's texts in the person's language, from browser/words/<language>.json. */

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

/** For Intl. Always Western digits, as German letters, forms and phone numbers use them. */
export const locale = (): string => `${current}-u-nu-latn`

export const directionOf = (code: string): 'rtl' | 'ltr' =>
  RIGHT_TO_LEFT.has(code.split('-')[0] ?? '') ? 'rtl' : 'ltr'

/** The text for `key` with each `{name}` filled in. `count` chooses `key.one`, `key.few` etc. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const plural = typeof values.count === 'number' ? plurals.select(values.count) : 'other'
  const words = table[key] ?? table[`${key}.${plural}`] ?? table[`${key}.other`] ?? key
  return words.replace(/\{(\w+)\}/g, (_, name: string) => isolated(String(values[name] ?? '')))
}

const ARABIC_OR_HEBREW = /[\u0590-\u08ff]/

/** Isolates values of the other direction: a German name would reorder Arabic words around it. */
function isolated(value: string): string {
  const fits = ARABIC_OR_HEBREW.test(value) === (directionOf(current) === 'rtl')
  return fits || !/\p{L}/u.test(value) ? value : `\u2068${value}\u2069`
}

/** Loads more parts. They stay loaded when the language changes. */
export async function needWords(...more: Part[]): Promise<void> {
  const missing = more.filter((part) => !parts.has(part))
  const loaded = await load(current, missing)
  for (const part of missing) parts.add(part)
  table = { ...table, ...loaded }
}

/** Changes the language in place: typed text is not lost. */
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

/** Redraws the component when the language changes. Call this in every root component. */
export function useLanguage(): string {
  const [, again] = useState({})
  useEffect(() => onLanguage(() => again({})), [])
  return current
}

/** Whether `part` is loaded. Redraws the component when it is. */
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
