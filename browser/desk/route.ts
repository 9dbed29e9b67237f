// The desk's open page. It stands behind the #, so that the back button works without loading.
import { useEffect, useState } from 'preact/hooks'
import { VIEWS, type View } from './queue/cases'

export const PAGES = ['profile', 'absences', 'account', 'invitations'] as const
export type Page = (typeof PAGES)[number]

export interface Route {
  view: View | null
  page: Page | null
  conversation: string | null
}

export function parse(hash: string, start: View | Page): Route {
  const [first = '', second = ''] = hash.replace(/^#/, '').split('/')
  const view = VIEWS.find((name) => name === first) ?? null
  const page = PAGES.find((name) => name === first) ?? null
  if (view) return { view, page: null, conversation: second || null }
  return page ? { view: null, page, conversation: null } : parse(start, start)
}

export function address(view: View, conversation?: string): string {
  return conversation ? `#${view}/${conversation}` : `#${view}`
}

export function go(hash: string): void {
  location.hash = hash
}

/** Replaces the entry in the history, so that "back" does not lead to a state that has ended. */
export function moved(hash: string): void {
  history.replaceState(null, '', hash)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

export function useRoute(start: View | Page): Route {
  const [route, set] = useState(() => parse(location.hash, start))
  useEffect(() => {
    const follow = () => set(parse(location.hash, start))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [start])
  return route
}
