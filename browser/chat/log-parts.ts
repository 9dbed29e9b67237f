import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Scroll } from './scroll'
import type { Thread } from './thread'

type ScrollRef = RefObject<Scroll | undefined>

/** The number of the first unread message when the conversation was opened, or 0. */
export function useUnreadLine(thread: Thread): number {
  const from = useRef<number | undefined>(undefined)
  if (from.current === undefined && thread.state === 'open') {
    from.current = thread.unread > 0 ? thread.info.me.read + 1 : 0
  }
  return from.current ?? 0
}

/** Scrolls to the unread line once, when the conversation opens. */
export function useUnreadInView(thread: Thread, scroll: ScrollRef) {
  const done = useRef(false)
  useLayoutEffect(() => {
    if (done.current || thread.state !== 'open') return
    done.current = true
    const line = scroll.current?.list.querySelector<HTMLElement>('.unread-line')
    if (line) scroll.current?.toRow(line)
  })
}

/** Marks messages in view as read, if the page is visible and has the focus. */
export function see(thread: Thread, scroll: Scroll | undefined) {
  if (!scroll || document.visibilityState !== 'visible' || !document.hasFocus()) return
  let row: Element | null | undefined = scroll.lastSeen()
  while (row && !row.hasAttribute('data-number')) row = row.previousElementSibling
  const number = Number((row as HTMLElement | undefined)?.dataset.number)
  if (number) thread.seen(number)
}

export function useSeen(thread: Thread, scroll: ScrollRef) {
  useEffect(() => see(thread, scroll.current))
  useEffect(() => {
    const look = () => see(thread, scroll.current)
    addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [thread, scroll])
}

/** Scrolls to a message that the person has just sent. */
export function useEndAfterSending(thread: Thread, scroll: ScrollRef) {
  const last = thread.entries.at(-1)
  const sent = last?.mine && last.number === undefined ? last.id : ''
  useLayoutEffect(() => {
    if (sent) scroll.current?.toEnd()
  }, [sent, scroll])
}

/** Arrow keys move between messages; Enter opens a message's menu. */
export function walk(event: KeyboardEvent) {
  const list = event.currentTarget as HTMLElement
  const rows = [...list.querySelectorAll<HTMLElement>('.message')]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    const up = event.key === 'ArrowUp'
    if (at < 0 && document.activeElement !== list) return
    const next = at < 0 ? (up ? rows.at(-1) : undefined) : rows[at + (up ? -1 : 1)]
    if (!next) return
    event.preventDefault()
    next.focus()
    next.scrollIntoView({ block: 'nearest' })
  } else if (event.key === 'Enter' && at >= 0) {
    event.preventDefault()
    const { left, bottom } = (rows[at] as HTMLElement).getBoundingClientRect()
    const at_ = { clientX: left + 40, clientY: bottom, bubbles: true, cancelable: true }
    rows[at]?.dispatchEvent(new MouseEvent('contextmenu', at_))
  }
}
