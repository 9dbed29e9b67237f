import { ApiProblem, api } from '../shared/api'
import type { Receipts } from './wire'

const EVERY = 1000

/** Reports the last delivered and read message numbers. They only grow; at most once a second. */
export class ReceiptReporter {
  #told: Receipts
  #wanted: Receipts
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private conversation: string,
    shown: Receipts,
  ) {
    this.#told = { ...shown }
    this.#wanted = { ...shown }
  }

  delivered(number: number) {
    if (number <= this.#wanted.delivered) return
    this.#wanted.delivered = number
    this.#soon()
  }

  read(number: number) {
    if (number <= this.#wanted.read) return
    this.#wanted.read = number
    this.#wanted.delivered = Math.max(number, this.#wanted.delivered)
    this.#soon()
  }

  #soon(after = EVERY) {
    this.#timer ??= setTimeout(() => this.#tell(), after)
  }

  async #tell() {
    const { delivered, read } = this.#wanted
    const news: Partial<Receipts> = {}
    if (delivered > this.#told.delivered) news.delivered = delivered
    if (read > this.#told.read) news.read = read
    let again = 0
    try {
      await api('POST', `/live/conversations/${this.conversation}/receipts`, news)
      this.#told = { delivered, read }
    } catch (error) {
      // A colleague who only looks at the conversation is not a member and need not report.
      if (error instanceof ApiProblem && error.status < 429) this.#told = { delivered, read }
      again = 10 * EVERY
    }
    this.#timer = undefined
    const behind =
      this.#wanted.read > this.#told.read || this.#wanted.delivered > this.#told.delivered
    if (behind) this.#soon(again || EVERY)
  }
}
