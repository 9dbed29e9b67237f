/** The IndexedDB of one account on this device. It holds only ciphertext and ids. */
import {
  type DBSchema,
  type IDBPDatabase,
  openDB,
  type StoreKey,
  type StoreNames,
  type StoreValue,
} from 'idb'
import type { Name } from '../crypto'
import { Database } from '../shared/database'
import { databaseOf } from '../shared/leaving'

/** A sealed, unsent message. `order` is when it was written, `failed` a problem's type. */
export interface OutboxItem {
  id: string
  conversation: string
  epoch: number
  body: string
  blobs: { id: string; chunks: number }[]
  order: number
  failed: string
}

/** What this device has seen of a conversation: ids and numbers, no text. */
export interface Seen {
  newest?: Name | undefined
  /** Lost messages, and own ones that were acknowledged since this device last sealed one. */
  unnamed: Name[]
  /** Messages that this device has seen, and that the server no longer shows. */
  lost: Name[]
}

interface Schema extends DBSchema {
  outbox: { key: string; value: OutboxItem }
  /** Sealed chunks by blob and index. */
  chunks: { key: [string, number]; value: Blob }
  /** Sealed drafts by conversation. */
  drafts: { key: string; value: string }
  /** Seen messages by conversation. */
  seen: { key: string; value: Seen }
}

type Store = StoreNames<Schema>
type Key<S extends Store> = StoreKey<Schema, S>
type Value<S extends Store> = StoreValue<Schema, S>

export class Storage {
  #database: Database<Schema>

  private constructor(person: string) {
    this.#database = new Database(() => open(person))
  }

  /** Rejects if the browser does not allow storage. */
  static async open(person: string): Promise<Storage> {
    const storage = new Storage(person)
    await storage.#database.with(async () => undefined)
    return storage
  }

  get<S extends Store>(store: S, key: Key<S>): Promise<Value<S> | undefined> {
    return this.#database.with((database) => database.get(store, key))
  }

  getAll<S extends Store>(store: S): Promise<Value<S>[]> {
    return this.#database.with((database) => database.getAll(store))
  }

  getAllKeys<S extends Store>(store: S): Promise<Key<S>[]> {
    return this.#database.with((database) => database.getAllKeys(store))
  }

  async put<S extends Store>(store: S, value: Value<S>, key?: Key<S>): Promise<void> {
    await this.#database.with((database) => database.put(store, value, key))
  }

  /** Reads and writes in one transaction: otherwise tabs could overwrite each other's changes. */
  update<S extends Store>(
    store: S,
    key: Key<S>,
    change: (value: Value<S> | undefined) => Value<S>,
  ): Promise<Value<S>> {
    return this.#database.with(async (database) => {
      const within = database.transaction(store, 'readwrite')
      const value = change(await within.store.get(key))
      await within.store.put(value, key)
      await within.done
      return value
    })
  }

  delete<S extends Store>(store: S, key: Key<S> | IDBKeyRange): Promise<void> {
    return this.#database.with((database) => database.delete(store, key))
  }

  close() {
    this.#database.close()
  }
}

function open(person: string): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(databaseOf(person), 1, {
    upgrade(database) {
      database.createObjectStore('outbox', { keyPath: 'id' })
      database.createObjectStore('chunks')
      database.createObjectStore('drafts')
      database.createObjectStore('seen')
    },
    // Close for another tab that upgrades the database or deletes the account.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
}

export const chunksOf = (blob: string) => IDBKeyRange.bound([blob, 0], [blob, Number.MAX_VALUE])
