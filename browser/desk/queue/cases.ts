// Decides the place of a case in the queue, from the case alone.
import { normalForm } from '../../crypto/normal-form'
import type { WireConversation as Conversation } from '../../stream/wire'

export const VIEWS = ['new', 'mine', 'centre', 'closed'] as const
export type View = (typeof VIEWS)[number]

export type Urgency = 'overdue' | 'soon' | 'waiting' | 'answered' | 'closed'

const SOON = 24 * 3600 * 1000

export function viewOf({ case: facts }: Conversation, person: string): View {
  if (facts.state === 'closed') return 'closed'
  if (facts.state === 'new') return 'new'
  return facts.counsellor?.person === person ? 'mine' : 'centre'
}

/** Whether a colleague has or had this case. Such a case opens only after confirming. */
export function isColleagues({ case: { counsellor } }: Conversation, person: string): boolean {
  return counsellor !== null && counsellor.person !== person
}

export function urgency({ case: facts }: Conversation, now: number): Urgency {
  if (facts.state === 'closed') return 'closed'
  if (!facts.waiting_since) return 'answered'
  if (!facts.answer_by) return 'waiting'
  const left = Date.parse(facts.answer_by) - now
  if (left < 0) return 'overdue'
  return left < SOON ? 'soon' : 'waiting'
}

export function waits(conversation: Conversation): boolean {
  return conversation.case.state !== 'closed' && conversation.case.waiting_since !== null
}

/** Clients who wait longest come first, then answered ones, newest first. */
export function byWaiting(a: Conversation, b: Conversation): number {
  if (waits(a) && waits(b)) return since(a) < since(b) ? -1 : since(a) > since(b) ? 1 : 0
  if (waits(a) !== waits(b)) return waits(a) ? -1 : 1
  return touched(a) > touched(b) ? -1 : touched(a) < touched(b) ? 1 : 0
}

function since(conversation: Conversation): string {
  return conversation.case.waiting_since ?? ''
}

export function touched(conversation: Conversation): string {
  return conversation.last_message?.sent_at ?? conversation.case.made_at
}

export interface Filter {
  text: string
  language: string
  topic: string
  state: '' | 'unread' | Urgency
}

export const NO_FILTER: Filter = { text: '', language: '', topic: '', state: '' }

export function isFiltered(filter: Filter): boolean {
  return Object.values(filter).some(Boolean)
}

export function matches(conversation: Conversation, filter: Filter, now: number): boolean {
  const { case: facts } = conversation
  if (filter.language && facts.language !== filter.language) return false
  if (filter.topic && facts.topic !== filter.topic) return false
  if (filter.state === 'unread' && conversation.unread === 0) return false
  if (filter.state && filter.state !== 'unread' && urgency(conversation, now) !== filter.state) {
    return false
  }
  return fold(facts.client?.nickname ?? '').includes(fold(filter.text))
}

function fold(text: string): string {
  return normalForm(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
