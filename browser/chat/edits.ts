/** Edits are messages that replace the text of an earlier one and are not shown themselves. */
import type { EditContent } from '../crypto'
import type { Entry } from './entry'

/** Milliseconds after sending, by the server's clock, in which a text may be changed. */
export const EDITABLE_FOR = 15 * 60_000

interface Edited {
  entries: Entry[]
  /** Ids of applied and of withdrawn edits, and of edits whose message is not loaded yet. */
  hidden: ReadonlySet<string>
}

/** If `complete`, no older messages are left to load: an edit of an unknown message is invalid. */
export function applyEdits(entries: readonly Entry[], complete: boolean): Edited {
  const hidden = new Set<string>()
  const shown = new Map<string, Entry>()
  const withdrawn: Entry[] = []
  const originals = new Map(entries.map((entry) => [entry.id, entry]))
  for (const entry of entries) {
    const { content } = entry
    if (content.kind === 'withdrawn') {
      if (withdrawn.some((before) => wasEdit(entry, before))) hidden.add(entry.id)
      else shown.set(entry.id, entry)
      withdrawn.push(entry)
      continue
    }
    // An edit that could not be sent is shown as a message, so that the person can resend it.
    if (content.kind !== 'edit' || entry.failed) {
      shown.set(entry.id, entry)
      continue
    }
    const original = originals.get(content.of)
    if (original ? !mayEdit(entry, original) : complete) {
      shown.set(entry.id, { ...entry, content: { kind: 'unknown' } })
      continue
    }
    hidden.add(entry.id)
    const target = shown.get(content.of)
    if (target) shown.set(content.of, withText(target, content))
  }
  return { entries: [...shown.values()], hidden }
}

function mayEdit(edit: Entry, original: Entry): boolean {
  const { kind } = original.content
  if (edit.sender !== original.sender || (kind !== 'text' && kind !== 'withdrawn')) return false
  // An unsent edit has this device's time. Later the server's time decides.
  if (edit.number === undefined) return true
  if (original.number === undefined || original.number >= edit.number) return false
  return edit.at - original.at <= EDITABLE_FOR
}

/**
 * Whether a withdrawn entry can have been an edit of an earlier one. Its body is gone, but a message
 * is withdrawn after its edits. Two messages that were withdrawn in reverse order look the same and
 * share one line.
 */
function wasEdit(entry: Entry, before: Entry): boolean {
  const { content } = entry
  if (content.kind !== 'withdrawn' || before.content.kind !== 'withdrawn') return false
  return before.content.at >= content.at && mayEdit(entry, before)
}

function withText(entry: Entry, { text }: EditContent): Entry {
  if (entry.content.kind !== 'text') return entry
  return { ...entry, content: { ...entry.content, text }, edited: true }
}

/** The person's own edits of a message, which have to be withdrawn with it. */
export const editsOf = (id: string, entries: readonly Entry[]): string[] =>
  entries
    .filter(({ mine, content }) => mine && content.kind === 'edit' && content.of === id)
    .map((entry) => entry.id)
