import {
  type Content,
  type ConversationKeys,
  openConversation,
  openDraft,
  sealDraft,
  sealMessage,
} from '../crypto'
import { api } from '../shared/api'
import { Changes } from '../shared/changes'
import { PAGE } from '../shared/limits'
import { Marks } from '../stream/marks'
import type { Parcel } from '../stream/storage'
import type { Events, WireConversation, WireMessage } from '../stream/wire'
import { type Entry, readMessage } from './entry'
import type { House } from './house'
import { Outgoing } from './outgoing'
import { Typing } from './typing'

/** One conversation as this device knows it: what was said, what is on its way, how far it came. */
export class Thread extends Changes {
  /** Ascending; those on their way come last. */
  entries: readonly Entry[] = []
  state: 'new' | 'loading' | 'open' | 'offline' | 'locked' = 'new'
  /** Nothing older is left to load. */
  complete = false
  preview: Entry | undefined
  draft = ''
  unread: number
  readonly typing: Typing
  #messages: Entry[] = []
  #outgoing = new Outgoing()
  #keys: Promise<ConversationKeys> | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #marks: Marks

  constructor(
    public info: WireConversation,
    readonly house: House,
  ) {
    super()
    this.unread = info.unread
    this.#marks = new Marks(info.id, info.me)
    this.typing = new Typing(info.id, () => this.changed())
  }

  get id(): string {
    return this.info.id
  }

  /** When something last happened, for the order of lists. */
  get activity(): number {
    const said = Date.parse(this.info.last_message?.sent_at ?? this.info.case.made_at)
    return Math.max(said, this.#outgoing.entries.at(-1)?.at ?? 0)
  }

  /** Loads the newest page, once. */
  open(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.state === 'open') return
      this.state = 'loading'
      this.changed()
      this.state = await this.#newest()
      this.#show()
    })
  }

  async #newest(): Promise<Thread['state']> {
    try {
      await this.#keysNow()
    } catch {
      this.#keys = undefined
      return 'locked'
    }
    try {
      this.#messages = await this.#fetch(`limit=${PAGE}`)
    } catch {
      return 'offline'
    }
    this.complete = (this.#messages[0]?.number ?? 1) <= 1
    const last = this.#messages.at(-1)
    if (last) this.#arrived(last)
    return 'open'
  }

  /** Loads a page of older ones; rejects when the network is gone. */
  older(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.complete || this.state !== 'open') return
      const first = this.#messages[0]?.number ?? 1
      const page = await this.#fetch(`before=${first}&limit=${PAGE}`)
      this.#messages = [...page, ...this.#messages]
      this.complete = (page[0]?.number ?? 1) <= 1
      this.#show()
    })
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
    const id = crypto.randomUUID()
    const at = this.#outgoing.order()
    const sender = this.house.me.person
    const entry = { id, number: undefined, sender, mine: true, at, content, failed: '' }
    this.#outgoing.add(entry)
    this.#show()
    return entry
  }

  async post({ id, at, sender }: Entry, content: Content, blobs: Parcel['blobs'] = []) {
    const key = (await this.#keysNow()).get(this.info.epoch)
    // Fails closed: without a key there is nothing to send.
    if (!key) throw new Error('no key of this epoch')
    const conversation = this.id
    const body = await sealMessage(key, { conversation, message: id, sender }, content)
    const { epoch } = key
    this.#outgoing.replace(id, content)
    await this.house.outbox.put({ id, conversation, epoch, body, blobs, order: at, failed: '' })
  }

  async retry({ id, failed, content, ...entry }: Entry) {
    const { outbox } = this.house
    if (failed !== 'stale-keys') return outbox.retry(id)
    // The key has changed meanwhile: it has to be sealed anew.
    await this.#newerKeys()
    const blobs = outbox.parcels.find((parcel) => parcel.id === id)?.blobs
    await this.post({ id, failed, content, ...entry }, content as Content, blobs)
  }

  drop(id: string) {
    this.#outgoing.remove(id)
    this.#show()
  }

  async withdraw(id: string): Promise<void> {
    await api('DELETE', `/api/conversations/${this.id}/messages/${id}`)
    this.withdrawn(id)
  }

  /** The person has seen everything up to here. */
  seen(number: number) {
    if (number <= this.info.me.read) return
    this.#marks.read(number)
    this.info.me.read = number
    this.unread = this.#messages.filter((m) => !m.mine && (m.number ?? 0) > number).length
    this.changed()
  }

  async saveDraft(text: string): Promise<void> {
    if (text === this.draft) return
    this.draft = text
    this.changed()
    const { account, storage } = this.house
    if (!text.trim()) return storage.delete('drafts', this.id)
    await storage.put('drafts', await sealDraft(account, this.id, text), this.id)
  }

  async loadDraft(): Promise<void> {
    const sealed = await this.house.storage.get('drafts', this.id)
    if (!sealed) return
    this.draft = await openDraft(this.house.account, this.id, sealed).catch(() => '')
    this.changed()
  }

  /** Opens the newest message for lists; by that it is delivered. */
  loadPreview(): Promise<void> {
    return this.#inTurn(async () => {
      const message = this.info.last_message
      if (!message || this.preview) return
      this.#arrived(await this.#read(message))
      this.changed()
    }).catch(() => undefined)
  }

  // What the session passes on.

  arrive(message: WireMessage): Promise<void> {
    return this.#inTurn(async () => {
      if (message.number > this.info.last) this.#count(message)
      const last = this.#messages.at(-1)?.number ?? 0
      if (this.state === 'open' && message.number > last) {
        const missed = message.number > last + 1
        const fresh = missed
          ? await this.#fetch(`after=${last}&limit=${PAGE}`)
          : [await this.#read(message)]
        this.#messages.push(...fresh)
        for (const entry of fresh) this.#arrived(entry)
      } else if (this.state !== 'open') {
        this.#arrived(await this.#read(message))
        this.#outgoing.remove(message.id)
      }
      this.#show()
    })
  }

  withdrawn(id: string) {
    const after = (entry: Entry): Entry =>
      entry.id === id ? { ...entry, content: { kind: 'withdrawn' } } : entry
    this.#messages = this.#messages.map(after)
    this.preview = this.preview && after(this.preview)
    const last = this.info.last_message
    if (last?.id === id) last.body = ''
    this.#show()
  }

  marked({ person, delivered, read }: Events['marks']) {
    const { info, house } = this
    const isMe = person === house.me.person
    const client = info.case.client?.person
    // For the counsellors' side only the client is the other side.
    if (!isMe && client && client !== house.me.person && client !== person) return
    const reach = isMe ? info.me : info.others
    reach.delivered = Math.max(reach.delivered, delivered)
    reach.read = Math.max(reach.read, read)
    if (isMe && read >= info.last) this.unread = 0
    this.changed()
  }

  /** Newer facts about the case. `fresh`: forget what was loaded and load it again. */
  renew(info: WireConversation, fresh = false) {
    if (info.wraps.length !== this.info.wraps.length) this.#keys = undefined
    this.info = info
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
    this.#keys = undefined
    if (this.state === 'locked') void this.open()
  }

  async queued(parcels: readonly Parcel[]): Promise<void> {
    const mine = parcels.filter((parcel) => parcel.conversation === this.id)
    if (!mine.length && !this.#outgoing.entries.length) return
    await this.#outgoing.sync(mine, this.house.me.person, () => this.#keysNow())
    this.#show()
  }

  #count(message: WireMessage) {
    this.info.last = message.number
    this.info.last_message = message
    if (message.sender === this.house.me.person) return
    this.unread++
    this.typing.hear(false)
  }

  #arrived(entry: Entry) {
    if (entry.number === this.info.last) this.preview = entry
    if (entry.mine || entry.content.kind === 'unreadable') return
    this.#marks.delivered(entry.number ?? 0)
  }

  async #fetch(query: string): Promise<Entry[]> {
    const path = `/api/conversations/${this.id}/messages?${query}`
    const { messages } = await api<{ messages: WireMessage[] }>('GET', path)
    return Promise.all(messages.map((message) => this.#read(message)))
  }

  async #read(message: WireMessage): Promise<Entry> {
    const { number, sent_at } = message
    const sent = this.#outgoing.find(message.id)
    if (sent && message.body) return { ...sent, number, at: Date.parse(sent_at), failed: '' }
    let keys = await this.#keysNow()
    if (!keys.has(message.epoch)) keys = await this.#newerKeys()
    return readMessage(keys, this.id, this.house.me.person, message)
  }

  /** A message of a newer epoch: the wraps of its key have to be loaded first. */
  async #newerKeys(): Promise<ConversationKeys> {
    this.info = await api<WireConversation>('GET', `/api/conversations/${this.id}`)
    this.#keys = undefined
    return this.#keysNow()
  }

  #keysNow(): Promise<ConversationKeys> {
    this.#keys ??= openConversation(this.id, this.info.wraps, this.house.reader())
    return this.#keys
  }

  #show() {
    for (const { id } of this.#messages) if (this.#outgoing.find(id)) this.#outgoing.remove(id)
    this.entries = [...this.#messages, ...this.#outgoing.entries]
    this.changed()
  }

  /** One change after the other, so that messages never change places. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act)
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}
