/** Runs one change after another, so that messages keep their order. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(act)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
