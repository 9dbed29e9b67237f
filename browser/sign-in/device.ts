/**
 * "Keep me signed in on this device": stores the account key and the secret that unlocks the
 * session, sealed under a key that this browser can use but nobody can export. This is off by
 * default, because everybody who holds the unlocked device gets in.
 */
import { type DBSchema, openDB } from 'idb'
import { CryptoFailure } from '../crypto/failure'
import type { Account } from '../crypto/types'
import { ApiProblem, api } from '../shared/api'
import { later } from '../shared/later'
import { DEVICE_KEYS, forgetDevice } from '../shared/leaving'
import type { Me } from '../shared/me'
import { heldSecret, holdSecret } from '../shared/unlocked'
import type { Lock, Opened } from './open'
import { door } from './which-door'

interface Kept extends DBSchema {
  keys: { key: string; value: { wrappingKey: CryptoKey; wrapped: string; unlock: string } }
}

const PROBE = ''

const crypting = later(() => import('../crypto/account'))

/**
 * Whether this browser stores keys, which a private window may refuse. The server must not exempt
 * a session from locking if the device cannot keep its secret.
 */
export async function canKeep(): Promise<boolean> {
  try {
    const database = await opened()
    await database.put('keys', { wrappingKey: await newKey(), wrapped: '', unlock: '' }, PROBE)
    await database.delete('keys', PROBE)
    database.close()
    return true
  } catch {
    return false
  }
}

/** Rejects if the browser stores nothing. */
export async function keepOnDevice(account: Account): Promise<void> {
  const { sealUnlock, wrapKey } = await crypting()
  const wrappingKey = await newKey()
  const wrapped = await wrapKey(account, { wrappingKey }, 'device')
  const unlock = await sealUnlock(account.person, { wrappingKey }, heldSecret())
  const database = await opened()
  await database.put('keys', { wrappingKey, wrapped, unlock }, account.person)
  database.close()
}

/** The account that this device keeps; undefined if there is none, or if it cannot be opened. */
export async function openFromDevice(lock: Lock): Promise<Opened | undefined> {
  try {
    const database = await opened()
    const people = await database.getAllKeys('keys')
    const locked = people.length ? await lock.ask() : undefined
    const person = locked?.door === door() ? locked.person : undefined
    const kept = person && (await database.get('keys', person))
    database.close()
    if (!kept) return undefined
    const { openUnlock, unwrapKey, withKeys } = await crypting()
    holdSecret(await openUnlock(person, kept, kept.unlock))
    const me = await api<Me>('GET', '/api/me')
    const key = await unwrapKey(person, kept, 'device', kept.wrapped)
    return { me, account: await withKeys(person, key, me.keys.private_keys) }
  } catch (error) {
    // Do not forget the account only because the network is gone.
    const isRefused = error instanceof ApiProblem && error.status === 401
    if (isRefused || error instanceof CryptoFailure) forgetDevice()
    return undefined
  }
}

function newKey(): Promise<CryptoKey> {
  const use: KeyUsage[] = ['encrypt', 'decrypt']
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, use)
}

function opened() {
  return openDB<Kept>(DEVICE_KEYS, 1, { upgrade: (db) => void db.createObjectStore('keys') })
}
