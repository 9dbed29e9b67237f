/** Opens chat or desk in the same page as the door, because the keys live only in its memory. */
import { render } from 'preact'
import type { Account } from '../crypto/types'
import { firstAnswers } from '../shared/ahead'
import { api } from '../shared/api'
import { needFiles } from '../shared/files'
import { hasChosenLanguage } from '../shared/language'
import { later } from '../shared/later'
import { leaveWithOthers, lockHere } from '../shared/leaving'
import type { Me, Role } from '../shared/me'
import { fetched } from '../shared/problems'
import { language, needWords, onLanguage, speak } from '../shared/words'
import type { Opened } from './open'
import { doorOf, SIGN_IN } from './which-door'

const chats = later(() => import('../chat'))
const desks = later(() => import('../desk'))

interface Options {
  open?: string
}

interface Island {
  start(root: HTMLElement, account: Account, me: Me, options?: Options): void
}

/** Shows `conversation` first, if it is given. */
export async function enter(
  root: HTMLElement,
  { account, me }: Opened,
  conversation?: string,
): Promise<void> {
  if (me.role === 'administrator') return location.assign('/office/')
  if (me.role === 'client' && !conversation) void firstAnswers()
  const island = await fetched(load(root, me.role))
  await settleLanguage(me)
  history.replaceState(null, '', addressOf(me.role))
  render(null, root)
  root.replaceChildren()
  island.start(root, account, me, conversation ? { open: conversation } : {})
  const door = SIGN_IN[doorOf(me.role)]
  const ended = () => location.assign(`${door}?ended`)
  document.addEventListener('lotse:signed-out', ended, { once: true })
  document.addEventListener('lotse:locked', lockHere, { once: true })
  // After signing out, a person must not see the notice that the session has ended.
  const leaving = () => {
    document.removeEventListener('lotse:signed-out', ended)
    document.removeEventListener('lotse:locked', lockHere)
  }
  document.addEventListener('lotse:leave', leaving, { once: true })
  leaveWithOthers(me.person, door)
}

/** Counsellors who unlock the desk find the case that was open. */
function addressOf(role: Role): string {
  if (role === 'client') return '/chat/'
  return location.pathname === '/desk/' ? `/desk/${location.hash}` : '/desk/'
}

/** Fetches the program and words of the next page while the person is typing the password. */
export function fetchAhead(root: HTMLElement): void {
  // Before unlocking, only the requested page shows whether this is a client or a counsellor.
  const { island } = root.dataset
  if (island === 'chat') void load(root, 'client').catch(() => undefined)
  if (island === 'desk') void load(root, 'counsellor').catch(() => undefined)
}

async function load(root: HTMLElement, role: Role): Promise<Island> {
  const chat = needFiles(root.dataset.chat)
  if (role === 'client') {
    return (await Promise.all([chats(), needWords('chat'), chat]))[0]
  }
  // The desk contains conversations.
  const desk = needFiles(root.dataset.desk)
  return (await Promise.all([desks(), needWords('desk'), chat, desk]))[0]
}

/** Saves a language that was chosen on this page; otherwise switches to the account's language. */
async function settleLanguage(me: Me): Promise<void> {
  const keep = () => api('PUT', '/api/language', { language: language() }).catch(() => undefined)
  if (hasChosenLanguage()) void keep()
  else if (me.language !== language()) await fetched(speak(me.language))
  onLanguage(keep)
}
