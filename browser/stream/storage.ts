/** IndexedDB of one account on this device: ciphertext and ids only. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** A sealed message on its way; `order` is when it was written. `failed` is a problem's type. */
export interface Parcel {
  id: string
  conversation: string
  epoch: number
  body: string
  blobs: { id: string; chunks: number }[]
  order: number
  failed: string
}

interface Schema extends DBSchema {
  outbox: { key: string; value: Parcel }
  /** Sealed chunks by blob and index. */
  chunks: { key: [string, number]; value: Blob }
  /** Sealed drafts by conversation. */
  drafts: { key: string; value: string }
}

export type Storage = IDBPDatabase<Schema>

export function openStorage(person: string): Promise<Storage> {
  return openDB<Schema>(`lotse-${person}`, 1, {
    upgrade(database) {
      database.createObjectStore('outbox', { keyPath: 'id' })
      database.createObjectStore('chunks')
      database.createObjectStore('drafts')
    },
    // Another tab wants a newer form: do not stand in its way.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
}

export const chunksOf = (blob: string) => IDBKeyRange.bound([blob, 0], [blob, Number.MAX_VALUE])
