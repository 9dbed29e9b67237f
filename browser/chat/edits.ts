/** Edits: messages that take the place of the text of an earlier one, and are not shown themselves. */
import type { EditContent } from '../crypto'
import type { Entry } from './entry'

/** So long after a message was sent, by the server's clock, its text may still be changed. */
export const EDITABLE_FOR = 15 * 60_000

interface Edited {
  entries: Entry[]
  /** Ids of the edits, and of those whose message is not loaded yet. */
  hidden: ReadonlySet<string>
}

/** `complete`: nothing older is left to load, so that an edit of an unknown message is none. */
export function applyEdits(entries: readonly Entry[], complete: boolean): Edited {
  const hidden = new Set<string>()
  const shown = new Map<string, Entry>()
  const originals = new Map(entries.map((entry) => [entry.id, entry]))
  for (const entry of entries) {
    const { content } = entry
    // What could not be sent is shown by itself, so that it can be sent again.
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
  // On its way it has this device's time: the server's will decide.
  if (edit.number === undefined) return true
  if (original.number === undefined || original.number >= edit.number) return false
  return edit.at - original.at <= EDITABLE_FOR
}

function withText(entry: Entry, { text }: EditContent): Entry {
  if (entry.content.kind !== 'text') return entry
  return { ...entry, content: { ...entry.content, text }, edited: true }
}

/** The own edits of a message, which go when it is withdrawn. */
export const editsOf = (id: string, entries: readonly Entry[]): string[] =>
  entries
    .filter(({ mine, content }) => mine && content.kind === 'edit' && content.of === id)
    .map((entry) => entry.id)
