import type { ConversationKeys } from '../crypto'
import type { Parcel } from '../stream/storage'
import { type Entry, readParcel } from './entry'

/** One conversation's messages on their way: those still being sealed, and those in the outbox. */
export class Outgoing {
  entries: Entry[] = []
  #inOutbox = new Set<string>()
  #lastOrder = 0
  #syncs = 0

  /** A time that no earlier one shares, so that the outbox keeps the order of writing. */
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

  /** Another tab, or this one before it was closed, may have put some there. */
  async sync(parcels: readonly Parcel[], me: string, keys: () => Promise<ConversationKeys>) {
    const sync = ++this.#syncs
    const entries = await Promise.all(
      parcels.map(async (parcel) => {
        const known = this.find(parcel.id)
        if (!known) return readParcel(await keys(), me, parcel)
        return known.failed === parcel.failed ? known : { ...known, failed: parcel.failed }
      }),
    )
    // What a later call has seen is truer.
    if (sync !== this.#syncs) return
    for (const { id } of parcels) this.#inOutbox.add(id)
    const sealing = this.entries.filter((entry) => !this.#inOutbox.has(entry.id))
    this.entries = [...entries, ...sealing]
  }
}
