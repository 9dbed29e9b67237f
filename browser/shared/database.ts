/** IndexedDB that comes back: phones close the database of a page that sleeps. */
import type { DBSchema, IDBPDatabase } from 'idb'

export class Database<Schema extends DBSchema> {
  #opened: Promise<IDBPDatabase<Schema>> | undefined

  constructor(private open: () => Promise<IDBPDatabase<Schema>>) {}

  /** What `act` does, once more and on a new connection where the old one has gone. */
  async with<T>(act: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    const opened = this.#now()
    try {
      return await act(await opened)
    } catch (error) {
      if (!isGone(error)) throw error
      if (this.#opened === opened) this.#opened = undefined
      return act(await this.#now())
    }
  }

  close() {
    void this.#opened?.then((database) => database.close())
  }

  #now(): Promise<IDBPDatabase<Schema>> {
    this.#opened ??= this.open()
    const opened = this.#opened
    opened.catch(() => {
      if (this.#opened === opened) this.#opened = undefined
    })
    return opened
  }
}

const GONE = ['InvalidStateError', 'UnknownError', 'AbortError']

const isGone = (error: unknown): boolean =>
  error instanceof DOMException && GONE.includes(error.name)
