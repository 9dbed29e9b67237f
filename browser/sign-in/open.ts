/** From a password to an open account. */
import { derive } from '../crypto/password'
import type { Account, Kdf } from '../crypto/types'
import { ApiProblem, api } from '../shared/api'
import type { Me } from '../shared/me'
import { fetched } from '../shared/problems'
import { door } from './which-door'

export interface Opened {
  account: Account
  me: Me
}

export type OnOpened = (opened: Opened) => Promise<void>

/** Fetched while the password is being stretched. */
const opening = () => fetched(import('../crypto/account'))

/** Whose session goes on here; undefined when nobody is signed in. Some pages bring the answer. */
export async function whoAmI(root: HTMLElement): Promise<Me | undefined> {
  const { me } = root.dataset
  // Once: a second look is for what has changed meanwhile.
  delete root.dataset.me
  if (me) return JSON.parse(me) ?? undefined
  try {
    return await api<Me>('GET', '/api/me')
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return undefined
    throw error
  }
}

export async function signIn(nickname: string, password: string): Promise<Opened> {
  const coming = opening()
  coming.catch(() => undefined)
  const kdf = await api<Kdf>('POST', '/api/prelogin', { nickname, door: door() })
  const derived = await derive(password, kdf, door())
  const me = await api<Me>('POST', '/api/sign-in', {
    nickname,
    door: door(),
    sign_in_key: derived.signInKey,
  })
  const { openAccount } = await coming
  return { me, account: await openAccount(me.person, derived, me.keys) }
}

/** The server is not asked: that the keys do not open shows the password to be wrong. */
export class WrongPassword extends Error {}

export async function unlock(me: Me, password: string): Promise<Opened> {
  const coming = opening()
  coming.catch(() => undefined)
  const derived = await derive(password, me.keys, door())
  const { openAccount } = await coming
  const account = await openAccount(me.person, derived, me.keys).catch(() => {
    throw new WrongPassword()
  })
  return { me, account }
}
