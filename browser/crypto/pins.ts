/** What this browser saw first, so that a server cannot put something else in its place later. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { CryptoFailure } from './failure'

interface Pins extends DBSchema {
  pins: { key: string; value: string }
}

let opened: Promise<IDBPDatabase<Pins>> | undefined

export async function pinned(name: string): Promise<string | undefined> {
  return (await database()).get('pins', name)
}

export async function pin(name: string, value: string): Promise<void> {
  await (await database()).put('pins', value, name)
}

export async function unpin(name: string): Promise<void> {
  await (await database()).delete('pins', name)
}

async function database(): Promise<IDBPDatabase<Pins>> {
  opened ??= openDB<Pins>('lotse-pins', 1, { upgrade: (db) => void db.createObjectStore('pins') })
  try {
    return await opened
  } catch {
    opened = undefined
    throw new CryptoFailure('nothing can be remembered here')
  }
}
