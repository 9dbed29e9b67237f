import { answerTo, messagesOf } from '../shared/ahead'
import { api } from '../shared/api'
import type { ListedMessage, WireConversation, WireMessage } from '../stream/wire'
import type { Entry } from './entry'

/** The loaded messages of one conversation, without gaps up to the newest known one. */
export class History {
  entries: Entry[] = []
  /** No older messages are left to load. */
  complete = false

  constructor(
    private conversation: string,
    private read: (message: WireMessage) => Promise<Entry>,
  ) {}

  get last(): number {
    return this.entries.at(-1)?.number ?? 0
  }

  async loadNewest() {
    this.entries = await this.#fetch(messagesOf(this.conversation))
    this.#look()
  }

  async loadOlder() {
    const first = this.entries[0]?.number ?? 1
    this.entries = [
      ...(await this.#fetch(`${messagesOf(this.conversation)}&before=${first}`)),
      ...this.entries,
    ]
    this.#look()
  }

  /** Adds a new message after all that this device has missed before it; returns the added ones. */
  async add(message: WireMessage): Promise<Entry[]> {
    const added: Entry[] = []
    while (this.last < message.number) {
      const next = message.number === this.last + 1
      const page = next
        ? [await this.read(message)]
        : await this.#fetch(`${messagesOf(this.conversation)}&after=${this.last}`)
      if (!page.length) break
      added.push(...page)
      this.entries.push(...page)
    }
    return added
  }

  change(id: string, change: (entry: Entry) => Entry) {
    this.entries = this.entries.map((entry) => (entry.id === id ? change(entry) : entry))
  }

  async #fetch(path: string): Promise<Entry[]> {
    const { messages } = await answerTo<{ messages: WireMessage[] }>(path)
    return Promise.all(messages.map((message) => this.read(message)))
  }

  #look() {
    this.complete = (this.entries[0]?.number ?? 1) <= 1
  }
}

/** The newest message with its body, which lists leave out if it is long. */
export async function wholeMessage(
  conversation: string,
  listed: ListedMessage,
): Promise<WireMessage> {
  const { body } = listed
  if (body !== null) return { ...listed, body }
  const whole = await api<WireConversation>('GET', `/api/conversations/${conversation}`)
  const last = whole.last_message
  return { ...(last ?? listed), body: last?.body ?? '' }
}
