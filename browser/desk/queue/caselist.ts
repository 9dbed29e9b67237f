// All cases that this counsellor may see. The lists are views on them.
import { ApiProblem, api } from '../../shared/api'
import { Changes } from '../../shared/changes'
import type { Me } from '../../shared/me'
import type { WireConversation as Conversation, Events } from '../../stream/wire'
import { byWaiting, VIEWS, type View, viewOf } from './cases'

type Loaded = 'no' | 'loading' | 'yes' | 'failed'

interface CasePage {
  cases: Conversation[]
  more: boolean
}

/** Large enough to load all own cases at once. Each case has some kilobytes of ciphertext. */
const PAGE: Record<View, number> = { new: 500, mine: 500, centre: 200, closed: 100 }

/** In milliseconds. A burst of events about one case loads it only once. */
const SETTLE = 200
const AGAIN = 5000

export class CaseList extends Changes {
  readonly byId = new Map<string, Conversation>()
  readonly loaded: Record<View, Loaded> = { new: 'no', mine: 'no', centre: 'no', closed: 'no' }
  /** Whether the server has more cases of this view. */
  readonly more: Record<View, boolean> = { new: false, mine: false, centre: false, closed: false }
  /** Known cases that no longer exist, because the clients have deleted their accounts. */
  readonly gone = new Set<string>()
  onNew: (conversation: Conversation) => void = () => {}
  #due = new Map<string, number>()
  /** Counts changes by events. `#changedAt` has the count of each case's last change. */
  #clock = 0
  #changedAt = new Map<string, number>()

  constructor(readonly me: Me) {
    super()
  }

  /** The view to show first. */
  get start(): View {
    return this.of('new').length > 0 ? 'new' : 'mine'
  }

  async load(view: View): Promise<void> {
    if (this.loaded[view] !== 'yes') this.#mark(view, 'loading')
    try {
      const asked = this.#clock
      const page = await this.#page(view, 0)
      for (const { id } of this.of(view)) if (this.#isOlder(id, asked)) this.byId.delete(id)
      this.#add(view, page, asked)
    } catch {
      this.#mark(view, 'failed')
    }
  }

  /** Rejects if the server cannot be reached. */
  async loadMore(view: View): Promise<void> {
    const asked = this.#clock
    this.#add(view, await this.#page(view, this.of(view).length), asked)
  }

  #page(view: View, offset: number): Promise<CasePage> {
    return api('GET', `/api/desk/cases?state=${view}&limit=${PAGE[view]}&offset=${offset}`)
  }

  #add(view: View, { cases, more }: CasePage, asked: number): void {
    for (const one of cases) if (this.#isOlder(one.id, asked)) this.byId.set(one.id, one)
    this.more[view] = more
    this.#mark(view, 'yes')
  }

  /** A case that an event has changed since a list was requested is newer than in that list. */
  #isOlder(id: string, asked: number): boolean {
    return (this.#changedAt.get(id) ?? 0) <= asked
  }

  async reload(): Promise<void> {
    await Promise.all(VIEWS.filter((view) => this.loaded[view] !== 'no').map((v) => this.load(v)))
  }

  #mark(view: View, state: Loaded): void {
    this.loaded[view] = state
    this.changed()
  }

  of(view: View): Conversation[] {
    const list = [...this.byId.values()].filter((c) => viewOf(c, this.me.person) === view)
    return list.sort(byWaiting)
  }

  set(conversation: Conversation): void {
    const known = this.byId.get(conversation.id)
    this.byId.set(conversation.id, conversation)
    this.#clock += 1
    this.#changedAt.set(conversation.id, this.#clock)
    if (!known && viewOf(conversation, this.me.person) === 'new') this.onNew(conversation)
    this.changed()
  }

  /** Removes a case for good: a list that was requested earlier cannot bring it back. */
  erase(id: string): void {
    clearTimeout(this.#due.get(id))
    this.byId.delete(id)
    this.gone.add(id)
    this.#clock += 1
    this.#changedAt.set(id, this.#clock)
    this.changed()
  }

  /** Loads one case again after `wait` milliseconds. */
  stale(id: string, wait = SETTLE): void {
    clearTimeout(this.#due.get(id))
    this.#due.set(
      id,
      setTimeout(() => void this.fetch(id), wait),
    )
  }

  async fetch(id: string): Promise<void> {
    try {
      this.set(await api<Conversation>('GET', `/api/desk/cases/${id}`))
    } catch (problem) {
      // The event that named the case does not come again, so try again later.
      if (!(problem instanceof ApiProblem) || problem.status !== 404) return this.stale(id, AGAIN)
      this.erase(id)
    }
  }

  /** An event about a message of a case that I belong to contains everything that it changes. */
  said({ conversation: id, message, ...clock }: Events['message']): void {
    const known = this.byId.get(id)
    if (!known) this.stale(id)
    if (!known || message.number <= known.last) return
    this.set({
      ...known,
      last: message.number,
      last_message: message,
      unread: known.unread + (message.sender === this.me.person ? 0 : 1),
      case: { ...known.case, ...clock },
    })
  }

  readUpTo(id: string, number: number): void {
    const known = this.byId.get(id)
    if (known) this.set({ ...known, unread: Math.max(0, known.last - number) })
  }

  /** Null if the case is mine now, otherwise the name of the colleague who was faster. */
  async take(id: string): Promise<string | null> {
    try {
      this.set(await api<Conversation>('POST', `/api/desk/cases/${id}/take`))
      return null
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.status !== 409) throw problem
      await this.fetch(id)
      return String(problem.body.by ?? '')
    }
  }

  async close(id: string): Promise<void> {
    await api('POST', `/api/desk/cases/${id}/close`)
    await this.fetch(id)
  }
}
