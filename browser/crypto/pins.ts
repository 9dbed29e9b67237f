/** Remembers the keys that this browser saw first, so that the server cannot swap them later. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { Database } from '../shared/database'
import { PINS } from '../shared/leaving'
import { CryptoFailure } from './failure'

interface Pins extends DBSchema {
  pins: { key: string; value: string }
}

const database = new Database(() =>
  openDB<Pins>(PINS, 1, {
    upgrade: (db) => void db.createObjectStore('pins'),
    // Another tab may delete this database with the account: do not block it.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  }),
)

export function pinned(name: string): Promise<string | undefined> {
  return kept((pins) => pins.get('pins', name))
}

export async function pin(name: string, value: string): Promise<void> {
  await kept((pins) => pins.put('pins', value, name))
}

async function kept<T>(act: (pins: IDBPDatabase<Pins>) => Promise<T>): Promise<T> {
  try {
    return await database.with(act)
  } catch {
    throw new CryptoFailure('nothing can be remembered here')
  }
}
