import type { Name } from '../crypto'
import { MAX_NAMED } from '../crypto/content'
import type { Seen, Storage } from '../stream/storage'
import type { Entry } from './entry'
import { isMissing } from './gaps'
import type { History } from './history'

const NOTHING: Seen = { unnamed: [], lost: [] }

/**
 * What this device has seen of one conversation, stored beyond the tab's life. So the device
 * notices if the server later withholds a message or has lost it by a restore.
 */
export class SeenMessages {
  lost: readonly Name[] = []

  constructor(
    private storage: Storage,
    private conversation: string,
  ) {}

  /** Loads the newest messages. If the newest one seen is not among them, remembers it as lost. */
  async load(history: History): Promise<void> {
    // Read this first: another tab may later store a message newer than the answer.
    const seen = await this.storage.get('seen', this.conversation)
    this.lost = seen?.lost ?? []
    await history.loadNewest()
    if (!seen?.newest || !isMissing(seen.newest, history.entries)) return
    // An early request (shared/ahead.ts) may have been answered before another tab saw more.
    await history.loadNewest()
    if (!isMissing(seen.newest, history.entries)) return
    await this.#miss(seen.newest, history.entries.at(-1))
  }

  /** Names the lost message in the next one that is sent, so that the other members notice, too. */
  #miss(name: Name, last: Entry | undefined): Promise<void> {
    return this.#change((seen) => ({
      newest: last && nameOf(last),
      unnamed: added(seen.unnamed, name),
      lost: added(seen.lost, name),
    }))
  }

  show(entry: Entry): Promise<void> {
    return this.#change((seen) =>
      (entry.number ?? 0) > (seen.newest?.[1] ?? 0) ? { ...seen, newest: nameOf(entry) } : seen,
    )
  }

  /** To be called when the server has taken a message of this device. */
  acknowledge(name: Name): Promise<void> {
    return this.#change((seen) => ({ ...seen, unnamed: added(seen.unnamed, name) }))
  }

  /** Returns and forgets the names for the next message. `entries` include the newest one. */
  async take(entries: readonly Entry[]): Promise<Name[]> {
    let names: Name[] = []
    await this.#change((seen) => {
      names = seen.unnamed
      return { ...seen, unnamed: [] }
    })
    const others = entries.filter((entry) => !entry.mine && entry.number !== undefined).at(-1)
    return others ? added(names, nameOf(others)) : names
  }

  async #change(change: (seen: Seen) => Seen) {
    const kept = await this.storage.update('seen', this.conversation, (seen) =>
      change(seen ?? NOTHING),
    )
    this.lost = kept.lost
  }
}

const nameOf = ({ id, number = 0 }: Entry): Name => [id, number]

/** Drops the oldest names if there are too many. */
const added = (names: readonly Name[], name: Name): Name[] =>
  [...names.filter(([id]) => id !== name[0]), name].slice(-MAX_NAMED)
