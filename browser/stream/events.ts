/**
 * The event stream, read with fetch rather than EventSource: that hides heartbeats and status
 * codes, so that it cannot tell a dead connection or an ended session from a quiet evening.
 */
import { headOf, isRefusal, retryAfter, succeeds } from '../shared/answer'
import { authorization } from '../shared/unlocked'

export type Link = 'live' | 'connecting' | 'offline' | 'signed-out' | 'locked'

interface Handlers {
  /** May reject: the event then comes again after a reconnect, until all is loaded anew. */
  event(kind: string, data: unknown): Promise<void>
  /** The cursor is too old: load everything and return the new one. */
  reload(): Promise<number>
  link(link: Link): void
}

/** The server's heartbeat comes every 20 seconds. */
const IDLE_TIMEOUT = 50_000
const LONGEST_PAUSE = 30_000
/** Of what the server asks for. */
const LONGEST_ASKED = 300_000
/** A stream that was open for so long was none that is closed at once, however quiet it was. */
const STEADY = 60_000
/** For the event that follows the cursor; after them it is skipped and everything loaded anew. */
const TRIES = 3
/** The first bytes come at once; where they do not, somebody holds the answer back until it is whole. */
const HELD_BACK = 10_000

export class EventStream {
  #closed = false
  #refused = false
  /** Answers that end with the first news, for proxies that hold them back. */
  #once = false
  /** Seconds for which the server has asked not to come again. */
  #asked = 0
  /** How often what follows this cursor could not be applied. */
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
      // An answer that ends with its first news is whole; any other end is a failure.
      const whole = this.#once && heard
      const moved = this.cursor > cursor || (heard && lasted > STEADY)
      failures = whole || moved ? 0 : failures + 1
      if (whole && lasted > 1000) continue
      this.handlers.link(navigator.onLine ? 'connecting' : 'offline')
      await this.#pause(failures)
    }
  }

  /** Whether anything came by the stream, be it a heartbeat. */
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

  /** One refusal may be a request that crossed a change of password, which renews the session. */
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

  /** One event that cannot be applied must not keep back all that come after it. */
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
   * What the server asks for, then half to whole of a doubling time, so that a restarted server is
   * not hit by all at once. A network that comes back cuts short only the latter.
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
