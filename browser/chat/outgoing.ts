import type { ConversationKeys } from '../crypto'
import type { OutboxItem } from '../stream/storage'
import { type Entry, readOutboxItem } from './entry'

/** Unsent messages of one conversation: those that are being sealed, and those in the outbox. */
export class Outgoing {
  entries: Entry[] = []
  #inOutbox = new Set<string>()
  #lastOrder = 0
  #syncs = 0

  /** A time later than all earlier ones: the outbox keeps the order of writing. */
  order(): number {
    this.#lastOrder = Math.max(Date.now(), this.#lastOrder + 1)
    return this.#lastOrder
  }

  find = (id: string) => this.entries.find((entry) => entry.id === id)

  add(entry: Entry) {
    this.entries.push(entry)
  }

  replace(id: string, content: Entry['content']) {
    this.entries = this.entries.map((entry) => (entry.id === id ? { ...entry, content } : entry))
  }

  remove(id: string) {
    if (this.find(id)) this.entries = this.entries.filter((entry) => entry.id !== id)
  }

  /** Reads the outbox: other tabs, or this one before a reload, may have added messages. */
  async sync(items: readonly OutboxItem[], me: string, keys: () => Promise<ConversationKeys>) {
    const sync = ++this.#syncs
    const entries = await Promise.all(
      items.map(async (item) => {
        const known = this.find(item.id)
        if (!known) return readOutboxItem(await keys(), me, item)
        return known.failed === item.failed ? known : { ...known, failed: item.failed }
      }),
    )
    // A later call has newer items.
    if (sync !== this.#syncs) return
    for (const { id } of items) this.#inOutbox.add(id)
    const sealing = this.entries.filter((entry) => !this.#inOutbox.has(entry.id))
    this.entries = [...entries, ...sealing]
  }
}
