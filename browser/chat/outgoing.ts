import type { Content } from '../crypto'
import { sealMessage } from '../crypto/message'
import { newId } from '../shared/ids'
import type { OutboxItem } from '../stream/storage'
import type { WireMessage } from '../stream/wire'
import { type Entry, readOutboxItem } from './entry'
import type { History } from './history'
import type { Keys } from './keys'
import type { SeenMessages } from './seen'
import type { SessionContext } from './session-context'

/** Unsent messages of one conversation: those that are being sealed, and those in the outbox. */
export class Outgoing {
  entries: Entry[] = []
  #inOutbox = new Set<string>()
  #lastOrder = 0
  #syncs = 0
  #isErased = false

  constructor(
    private context: SessionContext,
    private keys: Keys,
    private history: History,
    private seen: SeenMessages,
    private changed: () => void,
  ) {}

  /** Shows the message at once, seals and queues it. Rejects if it cannot be sealed or stored. */
  async send(content: Content): Promise<void> {
    const entry = this.begin(content)
    try {
      await this.post(entry, content)
    } catch (error) {
      this.drop(entry.id)
      throw error
    }
  }

  /** Shows a message before it is sealed, such as a file. */
  begin(content: Content): Entry {
    const id = newId()
    const at = this.#order()
    const sender = this.context.me.person
    const entry = { id, number: undefined, sender, mine: true, at, content, failed: '' }
    this.entries.push(entry)
    this.changed()
    return entry
  }

  async post({ id, at, sender }: Entry, content: Content, blobs: OutboxItem['blobs'] = []) {
    const key = (await this.keys.now()).get(this.keys.info.epoch)
    // Fails closed: without a key there is nothing to send.
    if (!key || this.#isErased) throw new Error('no key of this epoch')
    const conversation = this.keys.info.id
    const after = [...(content.after ?? []), ...(await this.seen.take(this.history.entries))]
    const said = after.length ? { ...content, after } : content
    const body = await sealMessage(key, { conversation, message: id, sender }, said)
    this.#replace(id, said)
    const { epoch } = key
    await this.context.outbox.put({ id, conversation, epoch, body, blobs, order: at, failed: '' })
  }

  async retry(entry: Entry) {
    const { outbox } = this.context
    if (entry.failed !== 'stale-keys') return outbox.retry(entry.id)
    // The conversation's key has changed meanwhile: the message has to be sealed anew.
    await this.keys.newer()
    const blobs = outbox.items.find((item) => item.id === entry.id)?.blobs
    await this.post(entry, entry.content as Content, blobs)
  }

  drop(id: string) {
    this.remove(id)
    this.changed()
  }

  erased() {
    this.#isErased = true
    this.entries = []
  }

  /** Opens a message, unless this device has sent it and still has the plain text. */
  async read(message: WireMessage): Promise<Entry> {
    const sent = this.find(message.id)
    if (!sent || !message.body) return this.keys.read(message)
    return { ...sent, number: message.number, at: Date.parse(message.sent_at), failed: '' }
  }

  find = (id: string) => this.entries.find((entry) => entry.id === id)

  remove(id: string) {
    if (this.find(id)) this.entries = this.entries.filter((entry) => entry.id !== id)
  }

  /** Reads the outbox: other tabs, or this one before a reload, may have added messages. */
  async sync(items: readonly OutboxItem[]) {
    const sync = ++this.#syncs
    const entries = await Promise.all(
      items.map(async (item) => {
        const known = this.find(item.id)
        if (!known) return readOutboxItem(await this.keys.now(), this.context.me.person, item)
        return known.failed === item.failed ? known : { ...known, failed: item.failed }
      }),
    )
    // A later call has newer items.
    if (sync !== this.#syncs) return
    for (const { id } of items) this.#inOutbox.add(id)
    const sealing = this.entries.filter((entry) => !this.#inOutbox.has(entry.id))
    this.entries = [...entries, ...sealing]
  }

  /** A time later than all earlier ones: the outbox keeps the order of writing. */
  #order(): number {
    this.#lastOrder = Math.max(Date.now(), this.#lastOrder + 1)
    return this.#lastOrder
  }

  #replace(id: string, content: Entry['content']) {
    this.entries = this.entries.map((entry) => (entry.id === id ? { ...entry, content } : entry))
  }
}
