/**
 * The event stream. It uses fetch, because EventSource hides heartbeats and status codes: with it
 * we could not tell a dead connection or an ended session from a quiet evening.
 */
import { headOf, isRefusal, retryAfter, succeeds } from '../shared/answer'
import { authorization } from '../shared/unlocked'

export type Link = 'live' | 'connecting' | 'offline' | 'signed-out' | 'locked'

interface Handlers {
  /** May reject: the event then comes again after a reconnect, at most `TRIES` times. */
  event(kind: string, data: unknown): Promise<void>
  /** Loads everything anew, because the cursor is too old. Returns the new cursor. */
  reload(): Promise<number>
  link(link: Link): void
}

/** The server's heartbeat comes every 20 seconds. */
const IDLE_TIMEOUT = 50_000
const LONGEST_PAUSE = 30_000
/** Upper limit of the pause that the server asks for. */
const LONGEST_ASKED = 300_000
/** Milliseconds after which an ended stream counts as a success, even if it had no events. */
const STEADY = 60_000
/** Attempts to apply an event. After them the stream skips it, and everything is loaded anew. */
const TRIES = 3
/** The server sends the first bytes at once. If they are late, a proxy buffers the whole answer. */
const HELD_BACK = 10_000

export class EventStream {
  #closed = false
  #refused = false
  /** Asks for answers that end with the first event, because a proxy buffers whole answers. */
  #once = false
  /** Seconds that the server asks us to wait before the next request. */
  #asked = 0
  /** How often the event after this cursor could not be applied. */
  #stuck = { cursor: -1, tries: 0 }
  #abort = new AbortController()
  #hurry: () => void = () => {}

  constructor(
    private cursor: number,
    private handlers: Handlers,
  ) {
    addEventListener('online', this.#now)
    addEventListener('offline', this.#cut)
    document.addEventListener('visibilitychange', this.#now)
    void this.#run()
  }

  close() {
    this.#closed = true
    removeEventListener('online', this.#now)
    removeEventListener('offline', this.#cut)
    document.removeEventListener('visibilitychange', this.#now)
    this.#abort.abort()
    this.#hurry()
  }

  #now = () => {
    if (document.visibilityState === 'visible') this.#hurry()
  }

  #cut = () => this.#abort.abort()

  async #run() {
    for (let failures = 0; !this.#closed; ) {
      const [began, cursor] = [Date.now(), this.cursor]
      const heard = await this.#connect()
      if (this.#closed) return
      const lasted = Date.now() - began
      // With `once` it is normal that the answer ends. Any other end is a failure.
      const whole = this.#once && heard
      const moved = this.cursor > cursor || (heard && lasted > STEADY)
      failures = whole || moved ? 0 : failures + 1
      if (whole && lasted > 1000) continue
      this.handlers.link(navigator.onLine ? 'connecting' : 'offline')
      await this.#pause(failures)
    }
  }

  /** Whether the stream has brought anything, even if only a heartbeat. */
  async #connect(): Promise<boolean> {
    this.#abort = new AbortController()
    this.#asked = 0
    let silence = this.#cutAfter(this.#once ? IDLE_TIMEOUT : HELD_BACK)
    let heard = false
    try {
      const response = await fetch(
        `/live/events?after=${this.cursor}${this.#once ? '&once' : ''}`,
        {
          signal: this.#abort.signal,
          headers: { ...authorization(), Accept: 'text/event-stream' },
          cache: 'no-store',
        },
      )
      const head = headOf(response)
      if (isRefusal(head) && [401, 403].includes(head.status)) {
        return this.#refusedAgain(await response.text())
      }
      this.#refused = false
      this.#asked = retryAfter(head) ?? 0
      if (!succeeds(head, 'text/event-stream') || !response.body) return false
      this.handlers.link('live')
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      let rest = ''
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return heard
        heard = true
        clearTimeout(silence)
        silence = this.#cutAfter(IDLE_TIMEOUT)
        const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks) await this.#apply(block)
      }
    } catch {
      return heard
    } finally {
      clearTimeout(silence)
      this.#abort.abort()
    }
  }

  /** A single refusal may be due to a change of password meanwhile, which renews the session. */
  #refusedAgain(problem: string): boolean {
    if (this.#refused) {
      this.handlers.link(problem.includes('/problems/locked') ? 'locked' : 'signed-out')
      this.close()
    }
    this.#refused = true
    return false
  }

  async #apply(block: string) {
    const event = parse(block)
    if (event.kind === 'reload') this.cursor = await this.handlers.reload()
    if (!event.data || (event.id && event.id <= this.cursor)) return
    try {
      await this.handlers.event(event.kind, JSON.parse(event.data))
    } catch (error) {
      await this.#failed(error)
      return
    }
    if (event.id) this.cursor = event.id
  }

  /** An event that cannot be applied must not block all later ones. */
  async #failed(error: unknown) {
    const again = this.#stuck.cursor === this.cursor
    this.#stuck = { cursor: this.cursor, tries: again ? this.#stuck.tries + 1 : 1 }
    if (this.#stuck.tries < TRIES) throw error
    this.cursor = await this.handlers.reload()
  }

  #cutAfter(wait: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.#once ||= wait === HELD_BACK
      this.#abort.abort()
    }, wait)
  }

  /**
   * Waits as long as the server asks for, plus a random part of a time that doubles: otherwise all
   * browsers would return to a restarted server at once. If the server has not asked for a pause,
   * the wait ends early when the network returns.
   */
  #pause(failures: number): Promise<void> {
    const asked = Math.min(LONGEST_ASKED, this.#asked * 1000)
    const doubled = Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.max(0, failures - 1))
    return new Promise((resolve) => {
      this.#hurry = () => (this.#closed || !asked) && resolve()
      setTimeout(resolve, asked + doubled * (0.5 + Math.random() / 2))
    })
  }
}

function parse(block: string): { id: number; kind: string; data: string } {
  const event = { id: 0, kind: 'message', data: '' }
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    const value = line.slice(colon + 1).trimStart()
    if (line.startsWith('id:')) event.id = Number(value)
    else if (line.startsWith('event:')) event.kind = value
    else if (line.startsWith('data:')) event.data += value
  }
  return event
}
