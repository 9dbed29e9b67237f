import { api } from '../shared/api'

const SHOWN = 6_000
const TOLD_EVERY = 3_000

/** Tells the server that the person types, and shows for a few seconds that the other side does. */
export class Typing {
  heard = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #told = 0

  constructor(
    private conversation: string,
    private changed: () => void,
  ) {}

  tell() {
    const now = Date.now()
    if (now - this.#told < TOLD_EVERY) return
    this.#told = now
    void api('POST', `/api/conversations/${this.conversation}/typing`).catch(() => undefined)
  }

  hear(typing: boolean) {
    clearTimeout(this.#timer)
    if (typing) this.#timer = setTimeout(() => this.hear(false), SHOWN)
    if (this.heard === typing) return
    this.heard = typing
    this.changed()
  }
}
