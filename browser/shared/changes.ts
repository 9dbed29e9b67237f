import { useEffect, useReducer } from 'preact/hooks'

/** Something that tells its listeners when it has changed; many changes in one turn tell once. */
export class Changes {
  #listeners = new Set<() => void>()
  #telling = false

  /** Returns what ends the listening. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  protected changed() {
    if (this.#telling) return
    this.#telling = true
    queueMicrotask(() => {
      this.#telling = false
      for (const listener of [...this.#listeners]) listener()
    })
  }
}

/** Draws the component again whenever one of `stores` changes. */
export function useChanges(...stores: Changes[]) {
  const [, redraw] = useReducer((count: number, _: undefined) => count + 1, 0)
  useEffect(() => {
    const stops = stores.map((store) => store.listen(() => redraw(undefined)))
    redraw(undefined)
    return () => {
      for (const stop of stops) stop()
    }
  }, stores)
}
