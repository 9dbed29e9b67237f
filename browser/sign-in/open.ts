/** Opens an account with its password. */
import { derive } from '../crypto/password'
import type { Account, Kdf } from '../crypto/types'
import { ApiProblem, api } from '../shared/api'
import { later } from '../shared/later'
import { letIn, type Me } from '../shared/me'
import { type Door, door } from './which-door'

export interface Opened {
  account: Account
  me: Me
}

export type OnOpened = (opened: Opened) => Promise<void>

const opening = later(() => import('../crypto/account'))

/** What unlocking needs. It has no nickname, because a cookie alone must not reveal the person. */
export interface Locked extends Kdf {
  person: string
  door: Door
}

/** The session that this browser's cookie names. */
export class Lock {
  #asked: Promise<Locked | undefined> | undefined

  /** Undefined if the session has ended meanwhile. After a failure, the next call asks again. */
  ask(): Promise<Locked | undefined> {
    this.#asked ??= look()
    const asked = this.#asked
    asked.catch(() => {
      if (this.#asked === asked) this.#asked = undefined
    })
    return asked
  }
}

async function look(): Promise<Locked | undefined> {
  try {
    return await api<Locked>('GET', '/api/unlock')
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return undefined
    throw error
  }
}

/** With `keep`, the session outlives the browser. */
export async function signIn(nickname: string, password: string, keep: boolean): Promise<Opened> {
  const kdf = () => api<Kdf>('POST', '/api/prelogin', { nickname, door: door() })
  return opened(password, kdf, (sign_in_key) =>
    letIn('/api/sign-in', { nickname, door: door(), sign_in_key, keep }),
  )
}

/** Rejects with the ApiProblem "signed-out" if the session has ended. */
export async function unlock(lock: Lock, password: string, keep: boolean): Promise<Opened> {
  const kdf = async () => {
    const locked = await lock.ask()
    if (!locked) throw new ApiProblem('signed-out', 401, undefined, {})
    return locked
  }
  return opened(password, kdf, (sign_in_key) => letIn('/api/unlock', { sign_in_key, keep }))
}

async function opened(
  password: string,
  kdf: () => Promise<Kdf>,
  prove: (signInKey: string) => Promise<Me>,
): Promise<Opened> {
  // Fetched while Argon2id runs.
  const coming = opening()
  coming.catch(() => undefined)
  const derived = await derive(password, await kdf(), door())
  const me = await prove(derived.signInKey)
  const { openAccount } = await coming
  return { me, account: await openAccount(me.person, derived, me.keys) }
}
