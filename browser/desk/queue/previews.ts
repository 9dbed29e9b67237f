// Opens the first lines of messages for the queue, only for rows that are on the screen.

import { applyEdits } from '../../chat/edits'
import { readMessage } from '../../chat/entry'
import {
  type Account,
  type Content,
  type ConversationKeys,
  openConversation,
  openMessage,
  type UnknownContent,
} from '../../crypto'
import { messagesOf } from '../../shared/ahead'
import { api } from '../../shared/api'
import { Changes } from '../../shared/changes'
import type {
  WireConversation as Conversation,
  ListedMessage,
  WireMessage,
} from '../../stream/wire'
import type { Keyring } from '../keys/keyring'

export type Preview = Content | UnknownContent | 'withdrawn' | 'locked'

/** Unwrapping takes milliseconds: fast scrolling must not start hundreds at once. */
const AT_ONCE = 4

export class Previews extends Changes {
  #opened = new Map<string, Preview>()
  #keys = new Map<string, Promise<ConversationKeys>>()
  #wanted = new Map<string, Conversation>()
  #running = 0

  constructor(
    readonly account: Account,
    readonly keyring: Keyring,
  ) {
    super()
  }

  get(conversation: Conversation): Preview | undefined {
    return this.#opened.get(idOf(conversation))
  }

  want(conversation: Conversation): void {
    if (!conversation.last_message || this.get(conversation)) return
    this.#wanted.set(conversation.id, conversation)
    this.#next()
  }

  /** For a row that was scrolled away before its turn. */
  forget(conversation: Conversation): void {
    this.#wanted.delete(conversation.id)
  }

  /** The client has deleted the case, so its opened text and keys must not stay in memory. */
  erase(conversation: Conversation): void {
    this.forget(conversation)
    this.#opened.delete(idOf(conversation))
    for (const at of this.#keys.keys()) {
      if (at.startsWith(`${conversation.id}/`)) this.#keys.delete(at)
    }
  }

  #next(): void {
    while (this.#running < AT_ONCE) {
      const [first] = this.#wanted.values()
      if (!first) return
      this.#wanted.delete(first.id)
      this.#running += 1
      void this.#open(first).then((preview) => {
        this.#running -= 1
        this.#opened.set(idOf(first), preview)
        this.changed()
        this.#next()
      })
    }
  }

  async #open(conversation: Conversation): Promise<Preview> {
    try {
      const message = await newestOf(conversation)
      if (!message?.body) return 'withdrawn'
      const keys = await this.#keysOf(conversation)
      const place = { conversation: conversation.id, message: message.id, sender: message.sender }
      const content = await openMessage(keys, { ...place, epoch: message.epoch }, message.body)
      return content.kind === 'edit' ? await this.#edited(conversation, keys, content.of) : content
    } catch {
      return 'locked'
    }
  }

  /** The edited message; its kind is `unknown` if it was not found or is not a text. */
  async #edited({ id }: Conversation, keys: ConversationKeys, of: string): Promise<Preview> {
    const { messages } = await api<{ messages: WireMessage[] }>('GET', messagesOf(id))
    const { person } = this.account
    const read = messages.map((message) => readMessage(keys, id, person, message))
    const { entries } = applyEdits(await Promise.all(read), false)
    const content = entries.find((entry) => entry.id === of)?.content
    return content?.kind === 'text' ? content : { kind: 'unknown' }
  }

  #keysOf({ id, epoch, wraps }: Conversation): Promise<ConversationKeys> {
    const centre = this.keyring.keys
    const reader = centre ? { account: this.account, centre } : this.account
    const at = `${id}/${epoch}/${centre?.boxes.size ?? 0}`
    const known = this.#keys.get(at) ?? openConversation(id, wraps, reader)
    this.#keys.set(at, known)
    return known
  }
}

/** The newest message with its body, which the list leaves out if it is long. */
async function newestOf({ id, last_message: listed }: Conversation): Promise<ListedMessage | null> {
  if (listed?.body !== null) return listed
  return (await api<Conversation>('GET', `/api/desk/cases/${id}`)).last_message
}

function idOf({ last_message: message }: Conversation): string {
  return message ? `${message.id}/${message.withdrawn_at ?? ''}` : ''
}
