import type { Name } from '../crypto'
import { MAX_NAMED } from '../crypto/content'
import type { Seen, Storage } from '../stream/storage'
import type { Entry } from './entry'
import { isMissing } from './gaps'
import type { History } from './history'

const NOTHING: Seen = { unnamed: [], lost: [] }

/**
 * What this device has seen of one conversation. It outlives the tab, so that a message which the
 * server later withholds, or has lost by a restore, is missed.
 */
export class SeenMessages {
  lost: readonly Name[] = []

  constructor(
    private storage: Storage,
    private conversation: string,
  ) {}

  /** Loads the newest messages, and remembers the newest one seen where they lack it. */
  async load(history: History): Promise<void> {
    // Asked for first: what is kept later may be newer than the answer.
    const seen = await this.storage.get('seen', this.conversation)
    this.lost = seen?.lost ?? []
    await history.loadNewest()
    if (!seen?.newest || !isMissing(seen.newest, history.entries)) return
    // The answer may be one that was asked for ahead, before another tab has shown more.
    await history.loadNewest()
    if (!isMissing(seen.newest, history.entries)) return
    await this.#miss(seen.newest, history.entries.at(-1))
  }

  /** The next message names it, so that the others learn of the loss. */
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

  /** The server has taken a message of this device. */
  acknowledge(name: Name): Promise<void> {
    return this.#change((seen) => ({ ...seen, unnamed: added(seen.unnamed, name) }))
  }

  /** What the next message names, once. `entries` are loaded up to the newest. */
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

/** The oldest ones give way. */
const added = (names: readonly Name[], name: Name): Name[] =>
  [...names.filter(([id]) => id !== name[0]), name].slice(-MAX_NAMED)
