/** An IndexedDB that is reopened if needed: phones close the database of a sleeping page. */
import type { DBSchema, IDBPDatabase } from 'idb'

export class Database<Schema extends DBSchema> {
  #opened: Promise<IDBPDatabase<Schema>> | undefined

  constructor(private open: () => Promise<IDBPDatabase<Schema>>) {}

  /** Runs `act`. If the connection is closed, opens a new one and runs `act` again. */
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
