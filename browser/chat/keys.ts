import type { ConversationKeys } from '../crypto'
import { openConversation } from '../crypto/conversation'
import type { WireConversation, WireMessage } from '../stream/wire'
import { type Entry, readMessage } from './entry'
import type { SessionContext } from './session-context'

/** The keys of one conversation, opened on first use. */
export class Keys {
  #opened: Promise<ConversationKeys> | undefined

  constructor(
    public info: WireConversation,
    private context: SessionContext,
  ) {}

  now(): Promise<ConversationKeys> {
    const { id, wraps } = this.info
    this.#opened ??= openConversation(id, wraps, this.context.reader())
    const opened = this.#opened
    // After a failure the next call tries again.
    opened.catch(() => this.#opened === opened && this.forget())
    return opened
  }

  /** The next use opens the keys again. */
  forget() {
    this.#opened = undefined
  }

  renew(info: WireConversation) {
    if (info.wraps.length !== this.info.wraps.length) this.forget()
    this.info = info
  }

  /** Loads the wraps anew and opens them, after the conversation's key has changed. */
  async newer(): Promise<ConversationKeys> {
    this.info = await this.context.info(this.info.id)
    this.forget()
    return this.now()
  }

  async read(message: WireMessage): Promise<Entry> {
    let keys = await this.now()
    if (!keys.has(message.epoch)) keys = await this.newer()
    return readMessage(keys, this.info.id, this.context.me.person, message)
  }
}
