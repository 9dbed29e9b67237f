import type { Name } from '../crypto'
import { MAX_NAMED } from '../crypto/content'
import type { Seen, Storage } from '../stream/storage'
import type { Entry } from './entry'

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

  /** To be asked for before messages are: what is kept later may be newer than the answer. */
  async newest(): Promise<Name | undefined> {
    const seen = await this.storage.get('seen', this.conversation)
    this.lost = seen?.lost ?? []
    return seen?.newest
  }

  /** The server no longer shows `name`: remembered, and told to the others by the next message. */
  miss(name: Name, last: Entry | undefined): Promise<void> {
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
