import type { Content } from '../crypto'
import { api } from '../shared/api'
import { Changes } from '../shared/changes'
import { ReceiptReporter } from '../stream/receipts'
import type { OutboxItem } from '../stream/storage'
import type { Events, WireConversation, WireMessage } from '../stream/wire'
import { findDraft, keepDraft } from './drafts'
import { editsOf } from './edits'
import { type Entry, withdrawnNow } from './entry'
import { History, wholeMessage } from './history'
import { Keys } from './keys'
import { Outgoing } from './outgoing'
import { SeenMessages } from './seen'
import type { SessionContext } from './session-context'
import { Shown } from './shown'
import { Turns } from './turns'
import { Typing } from './typing'

/** One conversation as this device knows it: sent and unsent messages, and receipts. */
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
  #outgoing: Outgoing
  #receipts: ReceiptReporter
  #older: Promise<void> | undefined
  #turns = new Turns()

  constructor(
    info: WireConversation,
    readonly context: SessionContext,
  ) {
    super()
    this.unread = info.unread
    this.typing = new Typing(info.id, () => this.changed())
    this.#keys = new Keys(info, context)
    this.#history = new History(info.id, (message) => this.#outgoing.read(message))
    this.#seen = new SeenMessages(context.storage, info.id)
    const changed = () => this.#show()
    this.#outgoing = new Outgoing(context, this.#keys, this.#history, this.#seen, changed)
    this.#receipts = new ReceiptReporter(info.id, info.me)
  }

  get info(): WireConversation {
    return this.#keys.info
  }

  get id(): string {
    return this.info.id
  }

  /** Whether no older messages are left to load. */
  get complete(): boolean {
    return this.#history.complete
  }

  get entries(): readonly Entry[] {
    return this.#shown.entries
  }

  get gaps(): ReadonlySet<string> {
    return this.#shown.gaps
  }

  /** The entry as it is shown; undefined if it is not loaded. */
  find = (id: string): Entry | undefined => this.#shown.find(id)

  /** The entry that lists show. */
  get latest(): Entry | undefined {
    const newest = this.preview ?? this.entries.at(-1)
    if (newest?.content.kind !== 'edit') return newest
    return this.find(newest.content.of) ?? this.entries.at(-1) ?? newest
  }

  /** Time of the last message, for the order of lists. */
  get activity(): number {
    const said = Date.parse(this.info.last_message?.sent_at ?? this.info.case.made_at)
    return Math.max(said, this.#outgoing.entries.at(-1)?.at ?? 0)
  }

  /** Loads the newest page, once. */
  open(): Promise<void> {
    return this.#turns.run(async () => {
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

  /** Loads a page of older messages. Rejects if there is no network. */
  older(): Promise<void> {
    this.#older ??= this.#turns
      .run(async () => {
        if (this.complete || this.state !== 'open') return
        await this.#history.loadOlder()
        this.#show()
      })
      .finally(() => {
        this.#older = undefined
      })
    return this.#older
  }

  /** Shows the message at once, seals and queues it. Rejects if it cannot be sealed or stored. */
  send(content: Content): Promise<void> {
    return this.#outgoing.send(content)
  }

  /** Shows a message before it is sealed, such as a file. */
  begin(content: Content): Entry {
    return this.#outgoing.begin(content)
  }

  post(entry: Entry, content: Content, blobs?: OutboxItem['blobs']): Promise<void> {
    return this.#outgoing.post(entry, content, blobs)
  }

  retry(entry: Entry) {
    return this.#outgoing.retry(entry)
  }

  drop(id: string) {
    this.#outgoing.drop(id)
  }

  /** Withdraws the edits first: if the network fails, the person can still withdraw the message. */
  async withdraw(id: string): Promise<void> {
    for (const one of [...editsOf(id, this.#history.entries), id]) {
      await api('DELETE', `/api/conversations/${this.id}/messages/${one}`)
      await this.withdrawn(one)
    }
  }

  /** To be called when the server has taken a message of this device. */
  acknowledged({ id, number }: WireMessage): Promise<void> {
    return this.#seen.acknowledge([id, number])
  }

  /** To be called when the person has seen all messages up to this number. */
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

  /** Opens the newest message for lists. It then counts as delivered. */
  async loadPreview(): Promise<void> {
    const load = async () => {
      if (!this.info.last_message || this.preview) return
      const message = await wholeMessage(this.id, this.info.last_message)
      this.#arrived(await this.#outgoing.read(message))
      this.changed()
    }
    await this.#turns.run(load).catch(() => undefined)
    // Only the edited message tells whether the edit is allowed.
    if (this.preview?.content.kind === 'edit' && this.state === 'new') await this.open()
  }

  // The session calls these when an event arrives.

  arrive(message: WireMessage): Promise<void> {
    return this.#turns.run(async () => {
      if (message.number > this.info.last) this.#count(message)
      const isOpen = this.state === 'open'
      const added = isOpen ? await this.#history.add(message) : [await this.#outgoing.read(message)]
      for (const entry of added) this.#arrived(entry)
      if (!isOpen) this.#outgoing.remove(message.id)
      this.#show()
    })
  }

  /** Waits its turn: a page that is being loaded may still contain the withdrawn text. */
  withdrawn(id: string): Promise<void> {
    return this.#turns.run(async () => {
      this.#history.change(id, withdrawnNow)
      if (this.preview?.id === id) this.preview = withdrawnNow(this.preview)
      const last = this.info.last_message
      if (last?.id === id) last.body = ''
      this.#show()
    })
  }

  received({ person, delivered, read }: Events['receipts']) {
    const { info, context } = this
    const isMe = person === context.me.person
    const client = info.case.client?.person
    // For counsellors only the client is the other side.
    if (!isMe && client && client !== context.me.person && client !== person) return
    const reach = isMe ? info.me : info.others
    reach.delivered = Math.max(reach.delivered, delivered)
    reach.read = Math.max(reach.read, read)
    if (isMe && read >= info.last) this.unread = 0
    this.changed()
  }

  /** Takes newer facts about the case. `fresh` drops the loaded messages and loads them again. */
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

  /** To be called when the reader can open more, for example after joining the centre. */
  rekey() {
    this.#keys.forget()
    if (this.state === 'locked') void this.open()
  }

  /** Empties the conversation for good. Open views then say that the client has deleted it. */
  erased() {
    this.state = 'erased'
    this.#history.entries = []
    this.#outgoing.erased()
    this.#shown = new Shown()
    this.preview = undefined
    this.draft = ''
    this.unread = 0
    this.changed()
  }

  async queued(items: readonly OutboxItem[]): Promise<void> {
    const mine = items.filter((item) => item.conversation === this.id)
    if (!mine.length && !this.#outgoing.entries.length) return
    await this.#outgoing.sync(mine)
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

  #show() {
    if (this.state === 'erased') return
    const sent = this.#history.entries
    for (const { id } of sent) this.#outgoing.remove(id)
    this.#shown.update(sent, this.#outgoing.entries, this.complete, this.#seen.lost)
    this.changed()
  }
}
