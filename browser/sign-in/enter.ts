/** From the door into chat or desk, in the same page: the keys live in its memory only. */
import { render } from 'preact'
import type { Account } from '../crypto/types'
import { askAhead, messagesOf } from '../shared/ahead'
import { api } from '../shared/api'
import { needFiles } from '../shared/files'
import { hasChosenLanguage } from '../shared/language'
import { leaveWithOthers } from '../shared/leaving'
import type { Me } from '../shared/me'
import { fetched } from '../shared/problems'
import { language, needWords, onLanguage, speak } from '../shared/words'
import type { Opened } from './open'
import { doorOf, SIGN_IN } from './which-door'

interface Options {
  open?: string
}

interface Island {
  start(root: HTMLElement, account: Account, me: Me, options?: Options): void
}

/** `conversation` is the one to show first. */
export async function enter(
  root: HTMLElement,
  { account, me }: Opened,
  conversation?: string,
): Promise<void> {
  if (me.role === 'administrator') return location.assign('/office/')
  const island = await fetched(load(root, me))
  await settleLanguage(me)
  history.replaceState(null, '', me.role === 'client' ? '/chat/' : '/desk/')
  render(null, root)
  root.replaceChildren()
  island.start(root, account, me, conversation ? { open: conversation } : {})
  const ended = () => location.assign(`${SIGN_IN[doorOf(me.role)]}?ended`)
  document.addEventListener('lotse:signed-out', ended, { once: true })
  // Who signs out is not told that the session has ended.
  const leaving = () => document.removeEventListener('lotse:signed-out', ended)
  document.addEventListener('lotse:leave', leaving, { once: true })
  leaveWithOthers(me.person)
}

/** What comes after the password, while it is being typed: program, words, and first answers. */
export function fetchAhead(root: HTMLElement, me: Me): void {
  void load(root, me).catch(() => undefined)
  if (me.role === 'client') void firstAnswers().catch(() => undefined)
}

async function firstAnswers(): Promise<void> {
  const { conversations } = await askAhead<{ conversations: { id: string }[] }>(
    '/api/conversations',
  )
  const [first, ...others] = conversations
  // The only one is opened at once.
  if (first && !others.length) await askAhead(messagesOf(first.id))
}

async function load(root: HTMLElement, me: Me): Promise<Island> {
  const chat = needFiles(root.dataset.chat)
  if (me.role === 'client') {
    return (await Promise.all([import('../chat'), needWords('chat'), chat]))[0]
  }
  // Conversations are part of the desk.
  const desk = needFiles(root.dataset.desk)
  return (await Promise.all([import('../desk'), needWords('desk'), chat, desk]))[0]
}

/** A language chosen on this page wins, now and later; else the account's own one is spoken. */
async function settleLanguage(me: Me): Promise<void> {
  const keep = () => api('PUT', '/api/language', { language: language() }).catch(() => undefined)
  if (hasChosenLanguage()) void keep()
  else if (me.language !== language()) await fetched(speak(me.language))
  onLanguage(keep)
}
