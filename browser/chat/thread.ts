import type { Content } from '../crypto'
import { sealMessage } from '../crypto/message'
import { api } from '../shared/api'
import { Changes } from '../shared/changes'
import { newId } from '../shared/ids'
import { ReceiptReporter } from '../stream/receipts'
import type { OutboxItem } from '../stream/storage'
import type { Events, ListedMessage, WireConversation, WireMessage } from '../stream/wire'
import { findDraft, keepDraft } from './drafts'
import { editsOf } from './edits'
import type { Entry } from './entry'
import { History } from './history'
import { Keys } from './keys'
import { Outgoing } from './outgoing'
import { SeenMessages } from './seen'
import type { SessionContext } from './session-context'
import { Shown } from './shown'
import { Typing } from './typing'

/** One conversation as this device knows it: what was said, what is on its way, how far it came. */
export class Thread extends Changes {
  state: 'new' | 'loading' | 'open' | 'offline' | 'locked' | 'erased' = 'new'
  preview: Entry | undefined
  draft = ''
  unread: number
  readonly typing: Typing
  #keys: Keys
  #history: History
  #seen: SeenMessages
  #shown = new Shown()
  #outgoing = new Outgoing()
  #receipts: ReceiptReporter
  #older: Promise<void> | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(
    info: WireConversation,
    readonly context: SessionContext,
  ) {
    super()
    this.unread = info.unread
    this.typing = new Typing(info.id, () => this.changed())
    this.#keys = new Keys(info, context)
    this.#history = new History(info.id, (message) => this.#read(message))
    this.#seen = new SeenMessages(context.storage, info.id)
    this.#receipts = new ReceiptReporter(info.id, info.me)
  }

  get info(): WireConversation {
    return this.#keys.info
  }

  get id(): string {
    return this.info.id
  }

  /** Nothing older is left to load. */
  get complete(): boolean {
    return this.#history.complete
  }

  get entries(): readonly Entry[] {
    return this.#shown.entries
  }

  get gaps(): ReadonlySet<string> {
    return this.#shown.gaps
  }

  /** An entry as it is shown, where it is loaded. */
  find = (id: string): Entry | undefined => this.#shown.find(id)

  /** What lists show of it. */
  get latest(): Entry | undefined {
    const newest = this.preview ?? this.entries.at(-1)
    if (newest?.content.kind !== 'edit') return newest
    return this.find(newest.content.of) ?? this.entries.at(-1) ?? newest
  }

  /** When something last happened, for the order of lists. */
  get activity(): number {
    const said = Date.parse(this.info.last_message?.sent_at ?? this.info.case.made_at)
    return Math.max(said, this.#outgoing.entries.at(-1)?.at ?? 0)
  }

  /** Loads the newest page, once. */
  open(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.state === 'open' || this.state === 'erased') return
      this.state = 'loading'
      this.changed()
      this.state = await this.#opened()
      this.#show()
    })
  }

  async #opened(): Promise<Thread['state']> {
    try {
      await this.#keys.now()
    } catch {
      this.#keys.forget()
      return 'locked'
    }
    try {
      await this.#seen.load(this.#history)
    } catch {
      return 'offline'
    }
    const last = this.#history.entries.at(-1)
    if (last) this.#arrived(last)
    return 'open'
  }

  /** Loads a page of older ones; rejects when the network is gone. */
  older(): Promise<void> {
    this.#older ??= this.#inTurn(async () => {
      if (this.complete || this.state !== 'open') return
      await this.#history.loadOlder()
      this.#show()
    }).finally(() => {
      this.#older = undefined
    })
    return this.#older
  }

  /** Draws it at once, seals it and queues it. Rejects when it cannot be sealed or kept. */
  async send(content: Content): Promise<void> {
    const entry = this.begin(content)
    try {
      await this.post(entry, content)
    } catch (error) {
      this.drop(entry.id)
      throw error
    }
  }

  /** Draws what will be sent, such as a file that still has to be sealed. */
  begin(content: Content): Entry {
    const id = newId()
    const at = this.#outgoing.order()
    const sender = this.context.me.person
    const entry = { id, number: undefined, sender, mine: true, at, content, failed: '' }
    this.#outgoing.add(entry)
    this.#show()
    return entry
  }

  async post({ id, at, sender }: Entry, content: Content, blobs: OutboxItem['blobs'] = []) {
    const key = (await this.#keys.now()).get(this.info.epoch)
    // Fails closed: without a key there is nothing to send.
    if (!key || this.state === 'erased') throw new Error('no key of this epoch')
    const conversation = this.id
    const after = [...(content.after ?? []), ...(await this.#seen.take(this.#history.entries))]
    const said = after.length ? { ...content, after } : content
    const body = await sealMessage(key, { conversation, message: id, sender }, said)
    this.#outgoing.replace(id, said)
    const { epoch } = key
    await this.context.outbox.put({ id, conversation, epoch, body, blobs, order: at, failed: '' })
  }

  async retry(entry: Entry) {
    const { outbox } = this.context
    if (entry.failed !== 'stale-keys') return outbox.retry(entry.id)
    // The key has changed meanwhile: it has to be sealed anew.
    await this.#keys.newer()
    const blobs = outbox.items.find((item) => item.id === entry.id)?.blobs
    await this.post(entry, entry.content as Content, blobs)
  }

  drop(id: string) {
    this.#outgoing.remove(id)
    this.#show()
  }

  /** The edits go first: what is left where the network breaks off can still be withdrawn. */
  async withdraw(id: string): Promise<void> {
    for (const one of [...editsOf(id, this.#history.entries), id]) {
      await api('DELETE', `/api/conversations/${this.id}/messages/${one}`)
      await this.withdrawn(one)
    }
  }

  /** The server has taken a message that this device had sent. */
  acknowledged({ id, number }: WireMessage): Promise<void> {
    return this.#seen.acknowledge([id, number])
  }

  /** The person has seen everything up to here. */
  seen(upTo: number) {
    const { entries } = this.#history
    const number = this.#shown.throughEdits(upTo, entries)
    if (number <= this.info.me.read) return
    this.#receipts.read(number)
    this.info.me.read = number
    this.unread = entries.filter((entry) => !entry.mine && (entry.number ?? 0) > number).length
    this.changed()
  }

  async saveDraft(text: string): Promise<void> {
    if (text === this.draft || this.state === 'erased') return
    this.draft = text
    this.changed()
    await keepDraft(this.context, this.id, text)
  }

  async loadDraft(): Promise<void> {
    this.draft ||= await findDraft(this.context, this.id)
    this.changed()
  }

  /** Opens the newest message for lists; by that it is delivered. */
  async loadPreview(): Promise<void> {
    const load = async () => {
      if (!this.info.last_message || this.preview) return
      const message = await this.#newest(this.info.last_message)
      this.#arrived(await this.#read(message))
      this.changed()
    }
    await this.#inTurn(load).catch(() => undefined)
    // Whether it may change the other message is only known with that one.
    if (this.preview?.content.kind === 'edit' && this.state === 'new') await this.open()
  }

  /** With its body, which the list leaves out where it is long. */
  async #newest(listed: ListedMessage): Promise<WireMessage> {
    const { body } = listed
    if (body !== null) return { ...listed, body }
    const whole = await api<WireConversation>('GET', `/api/conversations/${this.id}`)
    const last = whole.last_message
    return { ...(last ?? listed), body: last?.body ?? '' }
  }

  // What the session passes on.

  arrive(message: WireMessage): Promise<void> {
    return this.#inTurn(async () => {
      if (message.number > this.info.last) this.#count(message)
      const isOpen = this.state === 'open'
      const added = isOpen ? await this.#history.add(message) : [await this.#read(message)]
      for (const entry of added) this.#arrived(entry)
      if (!isOpen) this.#outgoing.remove(message.id)
      this.#show()
    })
  }

  /** In turn: a page that is on its way may still bring what was said. */
  withdrawn(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const after = (entry: Entry): Entry => ({ ...entry, content: { kind: 'withdrawn' } })
      this.#history.change(id, after)
      if (this.preview?.id === id) this.preview = after(this.preview)
      const last = this.info.last_message
      if (last?.id === id) last.body = ''
      this.#show()
    })
  }

  received({ person, delivered, read }: Events['receipts']) {
    const { info, context } = this
    const isMe = person === context.me.person
    const client = info.case.client?.person
    // For the counsellors' side only the client is the other side.
    if (!isMe && client && client !== context.me.person && client !== person) return
    const reach = isMe ? info.me : info.others
    reach.delivered = Math.max(reach.delivered, delivered)
    reach.read = Math.max(reach.read, read)
    if (isMe && read >= info.last) this.unread = 0
    this.changed()
  }

  /** Newer facts about the case. `fresh`: forget what was loaded and load it again. */
  renew(info: WireConversation, fresh = false) {
    this.#keys.renew(info)
    this.unread = info.unread
    if (fresh) {
      this.preview = undefined
      if (this.state !== 'new') {
        this.state = 'loading'
        void this.open()
      }
    }
    this.changed()
  }

  /** The reader may open more now, such as after having been admitted to the centre. */
  rekey() {
    this.#keys.forget()
    if (this.state === 'locked') void this.open()
  }

  /** For good: whoever still shows it says so. */
  erased() {
    this.state = 'erased'
    this.#history.entries = []
    this.#outgoing.entries = []
    this.#shown = new Shown()
    this.preview = undefined
    this.draft = ''
    this.unread = 0
    this.changed()
  }

  async queued(items: readonly OutboxItem[]): Promise<void> {
    const mine = items.filter((item) => item.conversation === this.id)
    if (!mine.length && !this.#outgoing.entries.length) return
    await this.#outgoing.sync(mine, this.context.me.person, () => this.#keys.now())
    this.#show()
  }

  #count(message: WireMessage) {
    this.info.last = message.number
    this.info.last_message = message
    if (message.sender === this.context.me.person) return
    this.unread++
    this.typing.hear(false)
  }

  #arrived(entry: Entry) {
    if (entry.number === this.info.last) this.preview = entry
    if (this.state === 'open' || this.state === 'loading')
      void this.#seen.show(entry).catch(() => undefined)
    if (entry.mine || entry.content.kind === 'unreadable') return
    this.#receipts.delivered(entry.number ?? 0)
  }

  /** What this device has sent itself it need not open. */
  async #read(message: WireMessage): Promise<Entry> {
    const sent = this.#outgoing.find(message.id)
    if (!sent || !message.body) return this.#keys.read(message)
    return { ...sent, number: message.number, at: Date.parse(message.sent_at), failed: '' }
  }

  #show() {
    if (this.state === 'erased') return
    const sent = this.#history.entries
    for (const { id } of sent) this.#outgoing.remove(id)
    this.#shown.update(sent, this.#outgoing.entries, this.complete, this.#seen.lost)
    this.changed()
  }

  /** One change after the other, so that messages never change places. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act)
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}
