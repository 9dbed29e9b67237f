import { useEffect, useReducer } from 'preact/hooks'

/** Notifies listeners of changes, once for all changes in one turn of the event loop. */
export class Changes {
  #listeners = new Set<() => void>()
  #telling = false

  /** Returns a function that removes the listener. */
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

/** Redraws the component when one of `stores` changes. */
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
