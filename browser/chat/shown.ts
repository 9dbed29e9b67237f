import type { Name } from '../crypto'
import { applyEdits } from './edits'
import type { Entry } from './entry'
import { gapsIn } from './gaps'

/** The messages of one conversation as the log shows them. */
export class Shown {
  /** Ascending, with edits applied. Unsent messages come last. */
  entries: readonly Entry[] = []
  /** Ids of the entries before which messages are missing (gaps.ts). */
  gaps: ReadonlySet<string> = new Set()
  #byId = new Map<string, Entry>()

  find = (id: string): Entry | undefined => this.#byId.get(id)

  /** `complete`: no older messages are left to load. `lost`: messages that this device misses. */
  update(
    sent: readonly Entry[],
    outgoing: readonly Entry[],
    complete: boolean,
    lost: readonly Name[],
  ) {
    const { entries, hidden } = applyEdits([...sent, ...outgoing], complete)
    this.entries = entries
    this.#byId = new Map(entries.map((entry) => [entry.id, entry]))
    this.gaps = gapsIn(sent, lost, hidden)
  }

  /** The last number seen by a person who has seen `number`: edits that follow have no own row. */
  throughEdits(number: number, sent: readonly Entry[]): number {
    const after = sent.filter((entry) => (entry.number ?? 0) > number)
    const next = after.find((entry) => this.#byId.has(entry.id))
    return next?.number ? next.number - 1 : (after.at(-1)?.number ?? number)
  }
}
