import type { Entry } from './entry'
import { END } from './gaps'
import { dayNumber } from './times'

/** Milliseconds within which messages of one person form a group. */
const TOGETHER = 5 * 60_000

export interface MessageRow {
  kind: 'message'
  key: string
  entry: Entry
  /** Whether the message is the first or the last of its group. */
  first: boolean
  last: boolean
}

export type Row =
  | MessageRow
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'gap'; key: string }

/**
 * Entries with day lines, the unread line, gaps and groups. `unreadFrom` is a message's number, or
 * 0; `gaps` are the ids of entries before which messages are missing.
 */
export function rowsOf(
  entries: readonly Entry[],
  unreadFrom: number,
  gaps: ReadonlySet<string>,
): Row[] {
  const rows: Row[] = []
  let before: MessageRow | undefined
  let day = Number.NaN
  let marked = unreadFrom === 0
  let endsInGap = gaps.has(END)
  for (const entry of entries) {
    // The gap stands after the sent messages and before the unsent ones.
    const atEnd = endsInGap && entry.number === undefined
    if (atEnd) endsInGap = false
    const gap = atEnd || gaps.has(entry.id)
    if (gap) rows.push({ kind: 'gap', key: `gap ${atEnd ? END : entry.id}` })
    const today = dayNumber(entry.at)
    const newDay = today !== day
    if (newDay) rows.push({ kind: 'day', key: `day ${today}`, at: entry.at })
    day = today
    const unread = !marked && !entry.mine && (entry.number ?? 0) >= unreadFrom
    if (unread) rows.push({ kind: 'unread', key: 'unread' })
    marked ||= unread
    const together =
      before &&
      !newDay &&
      !unread &&
      !gap &&
      before.entry.sender === entry.sender &&
      near(before, entry)
    if (before && together) before.last = false
    before = { kind: 'message', key: entry.id, entry, first: !together, last: true }
    rows.push(before)
  }
  if (endsInGap) rows.push({ kind: 'gap', key: `gap ${END}` })
  return rows
}

const near = (before: MessageRow, entry: Entry) => entry.at - before.entry.at < TOGETHER
