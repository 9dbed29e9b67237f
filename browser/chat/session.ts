import type { Account, CentreKeys } from '../crypto'
import { answerTo } from '../shared/ahead'
import { ApiProblem, api, Offline } from '../shared/api'
import { Changes } from '../shared/changes'
import type { Me } from '../shared/me'
import { EventStream, type Link } from '../stream/events'
import { Outbox } from '../stream/outbox'
import { Storage } from '../stream/storage'
import type { Events, Kind, WireConversation } from '../stream/wire'
import type { SessionContext } from './session-context'
import { Thread } from './thread'

interface Answer {
  cursor: number
  conversations: WireConversation[]
}

type Handlers = { [K in Kind]?: Set<(data: Events[K]) => void> }

/** The conversations, event stream and outbox of one unlocked account. */
export class Session extends Changes implements SessionContext {
  link: Link = 'connecting'
  readonly outbox: Outbox
  readonly files = new Map<string, Promise<Blob>>()
  #threads = new Map<string, Thread>()
  #handlers: Handlers = {}
  #stream: EventStream | undefined

  /** Rejects if the server cannot be reached or the session has ended. */
  static async open(
    account: Account,
    me: Me,
    { centre }: { centre?: CentreKeys | undefined } = {},
  ): Promise<Session> {
    const [storage, answer] = await Promise.all([Storage.open(me.person), conversations()])
    const session = new Session(account, me, storage, centre)
    await session.#start(answer)
    return session
  }

  private constructor(
    readonly account: Account,
    readonly me: Me,
    readonly storage: Storage,
    private centre: CentreKeys | undefined,
  ) {
    super()
    // Otherwise the open database could not be deleted.
    document.addEventListener('lotse:leave', () => this.close(), { once: true })
    this.outbox = new Outbox(storage, me.person, async (item, message) => {
      const thread = this.#threads.get(item.conversation)
      await thread?.acknowledged(message)
      await thread?.arrive(message)
      this.changed()
    })
    this.outbox.listen(() => {
      for (const thread of this.#threads.values()) void thread.queued(this.outbox.items)
    })
  }

  reader = () => {
    const { account, centre } = this
    return centre ? { account, centre } : account
  }

  /** The known conversations, latest activity first. */
  threads(): Thread[] {
    return [...this.#threads.values()].sort((a, b) => b.activity - a.activity)
  }

  known = (id: string): Thread | undefined => this.#threads.get(id)

  /** Asks the server for the conversation. This does not make a counsellor a member. */
  info = (id: string): Promise<WireConversation> =>
    api('GET', this.me.counsellor ? `/api/desk/cases/${id}` : `/api/conversations/${id}`)

  /** The known conversation, or otherwise joins it, for example a colleague's. */
  async thread(id: string): Promise<Thread> {
    return this.#threads.get(id) ?? this.join(id)
  }

  /** Makes a counsellor a member. The client sees that. */
  async join(id: string): Promise<Thread> {
    const staff = this.me.counsellor
    return this.adopt(await (staff ? api('POST', `/api/desk/cases/${id}/join`) : this.info(id)))
  }

  /** Takes a conversation that a caller has loaded, and updates the known one. */
  adopt(info: WireConversation): Thread {
    const known = this.#threads.get(info.id)
    if (known) {
      known.renew(info)
      return known
    }
    const thread = new Thread(info, this)
    this.#threads.set(info.id, thread)
    thread.listen(() => this.changed())
    void thread.loadDraft()
    void thread.queued(this.outbox.items)
    this.changed()
    return thread
  }

  /** Calls `handler` after the session has applied an event; returns a function that removes it. */
  on<K extends Kind>(kind: K, handler: (data: Events[K]) => void): () => void {
    const handlers: Set<(data: Events[K]) => void> = this.#handlers[kind] ?? new Set()
    this.#handlers[kind] = handlers as Handlers[K]
    handlers.add(handler)
    return () => handlers.delete(handler)
  }

  /** To be called when the centre's keys are opened, or replaced by newer ones. */
  setCentre(centre: CentreKeys) {
    this.centre = centre
    for (const thread of this.#threads.values()) thread.rekey()
  }

  close() {
    this.#stream?.close()
    this.outbox.stop()
    this.storage.close()
  }

  async #start({ cursor, conversations }: Answer) {
    for (const info of conversations) this.adopt(info)
    this.#stream = new EventStream(cursor, {
      event: (kind, data) => this.#event(kind as Kind, data as never),
      reload: () => this.#reload(),
      link: (link) => this.#linked(link),
    })
    await this.outbox.start()
    void this.#deliver()
  }

  /** Reports messages that came in the person's absence as delivered, one after another. */
  async #deliver() {
    for (const thread of this.threads()) {
      if (thread.info.me.delivered < thread.info.last) await thread.loadPreview()
    }
  }

  async #reload(): Promise<number> {
    const answer = await conversations()
    for (const info of answer.conversations) {
      const known = this.#threads.get(info.id)
      if (known) known.renew(info, true)
      else this.adopt(info)
    }
    const told = new Set(answer.conversations.map((info) => info.id))
    for (const id of this.#threads.keys()) if (!told.has(id)) void this.#look(id)
    void this.#deliver()
    return answer.cursor
  }

  #linked(link: Link) {
    if (link === this.link) return
    if (link === 'live') this.#back()
    this.link = link
    this.changed()
    if (link === 'signed-out' || link === 'locked') {
      document.dispatchEvent(new Event(`lotse:${link}`))
    }
  }

  #back() {
    this.outbox.hurry()
    for (const thread of this.#threads.values()) if (thread.state === 'offline') void thread.open()
  }

  async #event<K extends Kind>(kind: K, data: Events[K]) {
    try {
      await this.#apply(kind, data)
    } catch (error) {
      // If the network is lost, later events must wait. They must not wait for a conversation that
      // is no longer ours, or for a message that nobody can open.
      if (error instanceof Offline || (error instanceof ApiProblem && error.status >= 429))
        throw error
    }
    for (const handler of this.#handlers[kind] ?? []) handler(data)
  }

  async #apply(kind: Kind, data: Events[Kind]) {
    if (kind === 'queue' || !('conversation' in data)) return
    if (kind === 'erased') return this.#forget(data.conversation)
    const thread = this.#threads.get(data.conversation)
    if (thread) return this.#pass(thread, kind, data)
    if (kind === 'message' || kind === 'case') this.adopt(await this.info(data.conversation))
  }

  /** Removes a conversation from this device after the client has deleted the account. */
  async #forget(id: string) {
    this.#threads.get(id)?.erased()
    this.#threads.delete(id)
    this.changed()
    const waiting = this.outbox.items.filter((item) => item.conversation === id)
    for (const item of waiting) await this.outbox.discard(item.id)
    await this.storage.delete('drafts', id)
    await this.storage.delete('seen', id)
  }

  /** Removes the conversation if it is gone: we may have been offline when the event came. */
  async #look(id: string) {
    try {
      this.adopt(await this.info(id))
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) await this.#forget(id)
    }
  }

  async #message(thread: Thread, { message, waiting_since, answer_by }: Events['message']) {
    const { case: about } = thread.info
    if (waiting_since !== undefined) Object.assign(about, { waiting_since, answer_by })
    await thread.arrive(message)
    // The client's message reopens a closed case.
    if (about.state === 'closed') thread.renew(await this.info(thread.id))
  }

  async #pass(thread: Thread, kind: Kind, data: Events[Kind]) {
    switch (kind) {
      case 'message':
        return this.#message(thread, data as Events['message'])
      case 'withdrawn':
        return thread.withdrawn((data as Events['withdrawn']).message)
      case 'receipts':
        return thread.received(data as Events['receipts'])
      case 'case':
        return thread.renew(await this.info(thread.id))
      case 'typing':
        return thread.typing.hear((data as Events['typing']).person !== this.me.person)
    }
  }
}

const conversations = () => answerTo<Answer>('/api/conversations')
