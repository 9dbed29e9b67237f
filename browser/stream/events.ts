/**
 * The event stream, read with fetch rather than EventSource: that hides heartbeats and status
 * codes, so that it cannot tell a dead connection or an ended session from a quiet evening.
 */

export type Link = 'live' | 'connecting' | 'offline' | 'signed-out'

interface Handlers {
  /** May reject: the event then comes again after a reconnect. */
  event(kind: string, data: unknown): Promise<void>
  /** The cursor is too old: load everything and return the new one. */
  reload(): Promise<number>
  link(link: Link): void
}

/** The server's heartbeat comes every 20 seconds. */
const IDLE_TIMEOUT = 50_000
const LONGEST_PAUSE = 30_000
/** The first bytes come at once; where they do not, somebody holds the answer back until it is whole. */
const HELD_BACK = 10_000

export class EventStream {
  #closed = false
  #refused = false
  /** Answers that end with the first news, for proxies that hold them back. */
  #once = false
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
    for (let failures = 0; !this.#closed; failures++) {
      const began = Date.now()
      if (await this.#connect()) failures = 0
      if (this.#closed) return
      if (this.#once && !failures && Date.now() - began > 1000) continue
      this.handlers.link(navigator.onLine ? 'connecting' : 'offline')
      await this.#pause(failures)
    }
  }

  /** Whether the stream was open for a while. */
  async #connect(): Promise<boolean> {
    this.#abort = new AbortController()
    let silence = this.#cutAfter(this.#once ? IDLE_TIMEOUT : HELD_BACK)
    let opened = false
    try {
      const response = await fetch(
        `/live/events?after=${this.cursor}${this.#once ? '&once' : ''}`,
        {
          signal: this.#abort.signal,
          headers: { Accept: 'text/event-stream' },
          cache: 'no-store',
        },
      )
      if (response.status === 401 || response.status === 403) return this.#refusedAgain()
      this.#refused = false
      if (!response.ok || !response.body) return false
      opened = true
      this.handlers.link('live')
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      let rest = ''
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return opened
        clearTimeout(silence)
        silence = this.#cutAfter(IDLE_TIMEOUT)
        const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks) await this.#apply(block)
      }
    } catch {
      return opened
    } finally {
      clearTimeout(silence)
      this.#abort.abort()
    }
  }

  /** One refusal may be a request that crossed a change of password, which renews the session. */
  #refusedAgain(): boolean {
    if (this.#refused) {
      this.handlers.link('signed-out')
      this.close()
    }
    this.#refused = true
    return false
  }

  async #apply(block: string) {
    const event = parse(block)
    if (event.kind === 'reload') this.cursor = await this.handlers.reload()
    if (!event.data || (event.id && event.id <= this.cursor)) return
    await this.handlers.event(event.kind, JSON.parse(event.data))
    if (event.id) this.cursor = event.id
  }

  #cutAfter(wait: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.#once ||= wait === HELD_BACK
      this.#abort.abort()
    }, wait)
  }

  /** Half to whole of a doubling time, so that a restarted server is not hit by all at once. */
  #pause(failures: number): Promise<void> {
    const longest = Math.min(LONGEST_PAUSE, 1000 * 2 ** failures)
    return new Promise((resolve) => {
      this.#hurry = resolve
      setTimeout(resolve, longest * (0.5 + Math.random() / 2))
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
