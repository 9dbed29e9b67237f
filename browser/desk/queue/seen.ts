// Whether a row is on the screen: one observer for all rows.
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

const told = new WeakMap<Element, (visible: boolean) => void>()
let watcher: IntersectionObserver | undefined

/** `tell` is called at once and whenever the element comes or goes; keep it stable. */
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
