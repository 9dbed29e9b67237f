import { Intercepted } from '../shared/answer'
import { ApiProblem, api, Offline } from '../shared/api'
import { Changes } from '../shared/changes'
import { later } from '../shared/later'
import { chunksOf, type OutboxItem, type Storage } from './storage'
import type { WireMessage } from './wire'

const uploading = later(() => import('./upload'))

/** Texts do not wait for a big file before them. Within a lane, messages keep their order. */
const LANES = ['text', 'file'] as const
type Lane = (typeof LANES)[number]

const LONGEST_PAUSE = 60_000
/** Upper limit of the pause that the server asks for: the server may recover earlier. */
const LONGEST_ASKED = 3600_000
const TIDY = 10_000
/** A proxy will always refuse a message that is too large for it; a captive portal may go away. */
const TOO_LARGE_TRIES = 5
/** A frozen tab may hold the lock. Sending a message twice is harmless, but waiting is not. */
const LOCK_TIMEOUT = 40_000

/** If the server has asked for the pause (`asked`), nothing ends it early. */
interface Wait {
  asked: boolean
  milliseconds: number
}

/** Unsent messages. They outlive the tab, and all tabs of this person share them. */
export class Outbox extends Changes {
  items: readonly OutboxItem[] = []
  /** Sent share of a file, from 0 to 1, by item id. */
  readonly progress = new Map<string, number>()
  #pumping = new Set<Lane>()
  #cancels = new Map<string, AbortController>()
  #tabs: BroadcastChannel
  #hurry = new Set<() => void>()
  #stopped = false

  constructor(
    private storage: Storage,
    private person: string,
    private sent: (item: OutboxItem, message: WireMessage) => Promise<void>,
  ) {
    super()
    this.#tabs = new BroadcastChannel(`lotse-outbox-${person}`)
    // The other tab may be closed before it has sent its message.
    this.#tabs.onmessage = () => this.#look().then(() => this.#pumpAll())
  }

  async start() {
    await this.#look()
    this.#pumpAll()
    // Later, when the page has loaded everything else.
    setTimeout(() => this.#tidy().catch(() => undefined), TIDY)
  }

  async #tidy() {
    const { sweep } = await uploading()
    if (!this.#stopped) await sweep(this.storage)
  }

  stop() {
    this.#stopped = true
    this.#tabs.close()
    for (const cancel of this.#cancels.values()) cancel.abort()
    this.hurry()
  }

  /** Ends all pauses that the server has not asked for: the network seems to work again. */
  hurry() {
    for (const now of this.#hurry) now()
    this.#pumpAll()
  }

  async put(item: OutboxItem) {
    await this.storage.put('outbox', item)
    await this.#told()
    this.#pumpAll()
  }

  async retry(id: string) {
    const item = await this.storage.get('outbox', id)
    if (item) await this.put({ ...item, failed: '' })
  }

  async discard(id: string) {
    this.#cancels.get(id)?.abort()
    await this.#forget(id)
  }

  #pumpAll() {
    for (const lane of LANES) void this.#pump(lane)
  }

  async #pump(lane: Lane) {
    if (this.#pumping.has(lane)) return
    this.#pumping.add(lane)
    try {
      for (let failures = 0; !this.#stopped && this.#next(lane); ) {
        const wait = await this.#locked(lane, () => this.#attempt(lane, failures))
        failures = wait ? failures + 1 : 0
        if (wait) await this.#pause(wait)
        else await this.#look()
      }
    } finally {
      this.#pumping.delete(lane)
    }
  }

  #next = (lane: Lane): OutboxItem | undefined =>
    this.items.find((item) => !item.failed && (item.blobs.length ? 'file' : 'text') === lane)

  async #locked<T>(lane: Lane, act: () => Promise<T>): Promise<T> {
    const patience = lane === 'text' ? { signal: AbortSignal.timeout(LOCK_TIMEOUT) } : {}
    try {
      return await navigator.locks.request(`lotse-${lane}-${this.person}`, patience, act)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'TimeoutError') return act()
      throw error
    }
  }

  /** Sends a lane's first item; returns the wait before the next attempt, undefined if done. */
  async #attempt(lane: Lane, failures: number): Promise<Wait | undefined> {
    await this.#look()
    const item = this.#next(lane)
    if (!item) return
    const cancel = new AbortController()
    this.#cancels.set(item.id, cancel)
    try {
      if (item.blobs.length) await this.#upload(item, cancel.signal)
      const { conversation, id, epoch, body, blobs } = item
      const message = await api<WireMessage>(
        'POST',
        `/live/conversations/${conversation}/messages`,
        {
          id,
          epoch,
          body,
          blobs: blobs.map((blob) => blob.id),
        },
      )
      await this.sent(item, message)
      await this.#forget(id)
    } catch (error) {
      if (cancel.signal.aborted) return
      if (isPassing(error, failures)) return pauseAfter(error, failures)
      const failed = failureOf(error)
      await this.storage.put('outbox', { ...item, failed })
      await this.#told()
    } finally {
      this.#cancels.delete(item.id)
    }
  }

  async #upload(item: OutboxItem, signal: AbortSignal) {
    const { upload } = await uploading()
    await upload(this.storage, item, signal, (share) => {
      this.progress.set(item.id, share)
      this.changed()
    })
  }

  async #forget(id: string) {
    const item = await this.storage.get('outbox', id)
    await this.storage.delete('outbox', id)
    for (const blob of item?.blobs ?? []) await this.storage.delete('chunks', chunksOf(blob.id))
    this.progress.delete(id)
    await this.#told()
  }

  async #told() {
    await this.#look()
    if (!this.#stopped) this.#tabs.postMessage('')
  }

  async #look() {
    const all = await this.storage.getAll('outbox')
    this.items = all.sort((a, b) => a.order - b.order)
    this.changed()
  }

  #pause(wait: Wait): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#hurry.delete(done)
        resolve()
      }
      if (!wait.asked) this.#hurry.add(done)
      setTimeout(done, wait.milliseconds)
    })
  }
}

function isPassing(error: unknown, failures: number): boolean {
  if (isTooLarge(error)) return failures + 1 < TOO_LARGE_TRIES
  if (error instanceof Offline) return true
  if (!(error instanceof ApiProblem)) return false
  // 507: the disk has no room for files. That may last long, so the person has to know.
  return (
    [401, 408, 425, 429].includes(error.status) || (error.status >= 500 && error.status !== 507)
  )
}

const isTooLarge = (error: unknown) => error instanceof Intercepted && error.status === 413

function failureOf(error: unknown): string {
  if (isTooLarge(error)) return 'too-large'
  return error instanceof ApiProblem ? error.type : 'internal'
}

function pauseAfter(error: unknown, failures: number): Wait {
  const wished = error instanceof ApiProblem ? (error.retryAfter ?? 0) * 1000 : 0
  const asked = Math.min(wished, LONGEST_ASKED)
  const doubled = Math.min(LONGEST_PAUSE, 1000 * 2 ** failures)
  return { asked: asked > 0, milliseconds: Math.max(asked, doubled * (0.5 + Math.random() / 2)) }
}
