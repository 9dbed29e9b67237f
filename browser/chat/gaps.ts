/** Messages that a device has seen, but that the server now withholds or shows in another place. */
import type { Name } from '../crypto'
import type { Entry } from './entry'

/** Stands for the end of the sent messages, in place of an entry's id. */
export const END = ''

/**
 * Ids of the shown entries before which messages are missing. `entries` are all messages from
 * some number up to the newest; older ones are not checked. `seen` are the messages that this
 * device remembers.
 */
export function gapsIn(
  entries: readonly Entry[],
  seen: readonly Name[],
  hidden: ReadonlySet<string>,
): ReadonlySet<string> {
  const gaps = new Set<string>()
  const told = new Set<string>()
  const numbers = numbersOf(entries)
  const mark = (at: number) => {
    const next = entries.slice(at).find((entry) => !hidden.has(entry.id))
    gaps.add(next?.id ?? END)
  }
  entries.forEach(({ content, number = 0 }, at) => {
    for (const name of ('after' in content && content.after) || []) {
      const comesLater = (numbers.get(name[0]) ?? 0) >= number
      if ((!comesLater && !isMissing(name, entries, numbers)) || told.has(name[0])) continue
      told.add(name[0])
      mark(at)
    }
  })
  for (const name of seen) {
    if (told.has(name[0]) || !isMissing(name, entries, numbers)) continue
    const next = entries.findIndex((entry) => (entry.number ?? 0) >= name[1])
    mark(next < 0 ? entries.length : next)
  }
  return gaps
}

export function isMissing(
  [id, number]: Name,
  entries: readonly Entry[],
  numbers = numbersOf(entries),
): boolean {
  const found = numbers.get(id)
  return found === undefined ? number >= (entries[0]?.number ?? 0) : found !== number
}

const numbersOf = (entries: readonly Entry[]): ReadonlyMap<string, number> =>
  new Map(entries.map((entry) => [entry.id, entry.number ?? 0]))
