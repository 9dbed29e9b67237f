import type { ConversationKeys } from '../crypto'
import { openConversation } from '../crypto/conversation'
import { api } from '../shared/api'
import type { WireConversation, WireMessage } from '../stream/wire'
import { type Entry, readMessage } from './entry'
import type { House } from './house'

/** The keys of one conversation, opened when they are first needed. */
export class Keys {
  #opened: Promise<ConversationKeys> | undefined

  constructor(
    public info: WireConversation,
    private house: House,
  ) {}

  now(): Promise<ConversationKeys> {
    this.#opened ??= openConversation(this.info.id, this.info.wraps, this.house.reader())
    return this.#opened
  }

  /** The next time they are opened anew. */
  forget() {
    this.#opened = undefined
  }

  renew(info: WireConversation) {
    if (info.wraps.length !== this.info.wraps.length) this.forget()
    this.info = info
  }

  /** After a change of key its wraps have to be loaded first. */
  async newer(): Promise<ConversationKeys> {
    this.info = await api<WireConversation>('GET', `/api/conversations/${this.info.id}`)
    this.forget()
    return this.now()
  }

  async read(message: WireMessage): Promise<Entry> {
    let keys = await this.now()
    if (!keys.has(message.epoch)) keys = await this.newer()
    return readMessage(keys, this.info.id, this.house.me.person, message)
  }
}
