/** Keeps the scroll position of a growing list: at its end, or at the row in view. */

/** Pixels from the end that still count as the end. */
const AT_END = 60

export class Scroll {
  /** Whether the person is at the end, and the list follows new messages. */
  atEnd = true
  #anchor: { row: HTMLElement; offset: number } | undefined
  #observer: ResizeObserver

  constructor(
    readonly box: HTMLElement,
    readonly list: HTMLElement,
  ) {
    this.#observer = new ResizeObserver(() => this.settle())
    this.#observer.observe(box)
    this.#observer.observe(list.parentElement ?? list)
  }

  close() {
    this.#observer.disconnect()
  }

  /** Remembers the position after the person has scrolled. */
  moved() {
    const { box } = this
    if (box.clientHeight === 0) return
    this.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < AT_END
    let row = this.#rowAt(box.scrollTop)
    // Do not choose a day's line: it moves up when older messages of that day are added.
    while (row && !row.dataset.id) row = row.nextElementSibling as HTMLElement | undefined
    this.#anchor = row && { row, offset: row.offsetTop - box.scrollTop }
  }

  /** Restores the position after rows were added or have changed their height. */
  settle() {
    const { box } = this
    if (this.atEnd) box.scrollTop = box.scrollHeight
    else if (this.#anchor?.row.isConnected) {
      box.scrollTop = this.#anchor.row.offsetTop - this.#anchor.offset
    }
  }

  toEnd() {
    this.atEnd = true
    this.settle()
  }

  /** Scrolls to a row and puts it a third below the top. */
  toRow(row: HTMLElement) {
    this.atEnd = false
    this.box.scrollTop = row.offsetTop - this.box.clientHeight / 3
    this.moved()
  }

  /** The last row that is at least partly visible. */
  lastSeen(): HTMLElement | undefined {
    const { box } = this
    return box.clientHeight ? this.#rowAt(box.scrollTop + box.clientHeight - 24) : undefined
  }

  /** The row at this height, found by binary search. */
  #rowAt(height: number): HTMLElement | undefined {
    const rows = this.list.children
    let low = 0
    let high = rows.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((rows[middle] as HTMLElement).offsetTop <= height) low = middle
      else high = middle - 1
    }
    return rows[low] as HTMLElement | undefined
  }
}
