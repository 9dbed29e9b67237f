// Tells rows whether they are on the screen. All rows share one observer.
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

const told = new WeakMap<Element, (visible: boolean) => void>()
let watcher: IntersectionObserver | undefined

/** Calls `tell` at once and whenever the element comes or goes. Pass the same `tell` each time. */
export function useSeen(ref: RefObject<Element | null>, tell: (visible: boolean) => void): void {
  useEffect(() => {
    const element = ref.current
    if (!element) return
    watcher ??= new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) told.get(target)?.(isIntersecting)
    })
    told.set(element, tell)
    watcher.observe(element)
    return () => {
      watcher?.unobserve(element)
      tell(false)
    }
  }, [ref, tell])
}
