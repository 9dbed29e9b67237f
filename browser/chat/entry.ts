import type { Content, ConversationKeys, UnknownContent } from '../crypto'
import { openMessage } from '../crypto/message'
import type { OutboxItem } from '../stream/storage'
import type { Receipts, WireMessage } from '../stream/wire'

export interface WithdrawnContent {
  kind: 'withdrawn'
  /** When it was withdrawn. */
  at: number
}

/** What a bubble shows. Entries are immutable: a change makes a new one. */
export interface Entry {
  id: string
  /** Undefined until the server has taken the message. */
  number: number | undefined
  sender: string
  mine: boolean
  at: number
  content: Content | UnknownContent | { kind: 'unreadable' } | WithdrawnContent
  /** The type of the problem that prevents sending, or empty. */
  failed: string
  /** The text comes from a later message (edits.ts). */
  edited?: boolean
}

export type EntryState = 'sending' | 'failed' | 'sent' | 'delivered' | 'read' | 'received'

export function stateOf(entry: Entry, others: Receipts): EntryState {
  if (entry.failed) return 'failed'
  if (entry.number === undefined) return 'sending'
  if (!entry.mine) return 'received'
  if (entry.number <= others.read) return 'read'
  return entry.number <= others.delivered ? 'delivered' : 'sent'
}

export function withdrawnNow(entry: Entry): Entry {
  if (entry.content.kind === 'withdrawn') return entry
  return { ...entry, content: { kind: 'withdrawn', at: Date.now() } }
}

/** Never rejects: a message that cannot be opened becomes "unreadable". */
export async function readMessage(
  keys: ConversationKeys,
  conversation: string,
  me: string,
  message: WireMessage,
): Promise<Entry> {
  const { id, number, sender, epoch, body, withdrawn_at } = message
  const entry = {
    id,
    number,
    sender,
    mine: sender === me,
    at: Date.parse(message.sent_at),
    failed: '',
  }
  if (!body) {
    return { ...entry, content: { kind: 'withdrawn', at: Date.parse(withdrawn_at ?? '') } }
  }
  const place = { conversation, message: id, sender, epoch }
  const unreadable = { kind: 'unreadable' } as const
  return { ...entry, content: await openMessage(keys, place, body).catch(() => unreadable) }
}

export async function readOutboxItem(
  keys: ConversationKeys,
  me: string,
  { conversation, id, epoch, body, order, failed }: OutboxItem,
): Promise<Entry> {
  const sent_at = new Date(order).toISOString()
  const message = { id, number: 0, sender: me, epoch, body, sent_at, withdrawn_at: null }
  return { ...(await readMessage(keys, conversation, me, message)), number: undefined, failed }
}
