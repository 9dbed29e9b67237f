// Keys that move through the queue. They work only while the queue has the focus: single letters
// must not interfere with people who type elsewhere or control the page by speech (WCAG 2.1.4).
import type { TargetedKeyboardEvent } from 'preact'

const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

export function moveInQueue(event: TargetedKeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-case]')]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const target = rows[destination(event.key, at, rows.length)]
  if (at < 0 || !target) return
  event.preventDefault()
  target.focus()
  target.scrollIntoView({ block: 'nearest' })
}

/** Moves the focus to a case's row, or to the first row if that one is gone. */
export function focusRow(id?: string): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.rows a[data-case]')]
  const row = rows.find((one) => one.dataset.case === id) ?? rows[0]
  row?.focus()
}

function destination(key: string, at: number, length: number): number {
  if (key === 'Home') return 0
  if (key === 'End') return length - 1
  const step = STEPS[key]
  return step ? Math.min(length - 1, Math.max(0, at + step)) : -1
}
