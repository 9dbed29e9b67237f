/**
 * "Keep me signed in on this device": the account key sealed under a key that this browser can use
 * and nobody can read out. Off unless asked for, because whoever holds the open device is let in.
 */
import { type DBSchema, openDB } from 'idb'
import { CryptoFailure } from '../crypto/failure'
import type { Account } from '../crypto/types'
import { DEVICE_KEYS, forgetDevice } from '../shared/leaving'
import type { Me } from '../shared/me'

interface Kept extends DBSchema {
  keys: { key: string; value: { wrappingKey: CryptoKey; wrapped: string } }
}

const crypting = () => import('../crypto/account')

/** Rejects where the browser keeps nothing, as in a private window. */
export async function keepOnDevice(account: Account): Promise<void> {
  const { wrapKey } = await crypting()
  const use: KeyUsage[] = ['encrypt', 'decrypt']
  const algorithm = { name: 'AES-GCM', length: 256 }
  const wrappingKey = await crypto.subtle.generateKey(algorithm, false, use)
  const wrapped = await wrapKey(account, { wrappingKey }, 'device')
  const database = await opened()
  await database.put('keys', { wrappingKey, wrapped }, account.person)
  database.close()
}

/** The account that was kept here; undefined when none was, or when it cannot be opened any more. */
export async function openFromDevice({ person, keys }: Me): Promise<Account | undefined> {
  try {
    const database = await opened()
    const kept = await database.get('keys', person)
    database.close()
    if (!kept) return undefined
    const { unwrapKey, withKeys } = await crypting()
    return await withKeys(
      person,
      await unwrapKey(person, kept, 'device', kept.wrapped),
      keys.private_keys,
    )
  } catch (error) {
    // A network that is away is no reason to forget it.
    if (error instanceof CryptoFailure) forgetDevice()
    return undefined
  }
}

function opened() {
  return openDB<Kept>(DEVICE_KEYS, 1, { upgrade: (db) => void db.createObjectStore('keys') })
}
