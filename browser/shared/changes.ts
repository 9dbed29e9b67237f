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
  const [, redraw] = useReducer((count: number, _: void) => count + 1, 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stores are the dependencies
  useEffect(() => {
    const stops = stores.map((store) => store.listen(redraw))
    redraw()
    return () => {
      for (const stop of stops) stop()
    }
  }, stores)
}
