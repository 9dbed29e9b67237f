// The objects that all components of the desk share.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Session } from '../chat/session'
import type { Account } from '../crypto'
import type { Me } from '../shared/me'
import { locale, t } from '../shared/words'
import type { Keyring } from './keys/keyring'
import { made } from './made'
import type { CaseList } from './queue/caselist'
import type { Previews } from './queue/previews'
import type { Choices } from './wire'

export interface Desk {
  account: Account
  me: Me
  cases: CaseList
  keyring: Keyring
  previews: Previews
  session: Session
  choices: Choices
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('outside of the desk')
  return desk
}

/** Names of languages depend on the interface's language, so the desk keeps only their codes. */
export function languageName(code: string): string {
  const names = made('names', () => new Intl.DisplayNames(locale(), { type: 'language' }))
  return names.of(code) ?? code
}

export function topicName(choices: Choices, slug: string | null): string {
  if (!slug) return t('desk.no-topic')
  return choices.topics.find((topic) => topic.slug === slug)?.name ?? slug
}
