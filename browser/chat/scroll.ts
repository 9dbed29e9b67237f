/** Keeps a growing list where the eye is: at its end, or at the row that is being looked at. */

/** Closer to the end than this counts as being there. */
const AT_END = 60

export class Scroll {
  /** The person follows the conversation at its end. */
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

  /** The person has scrolled: remember where. */
  moved() {
    const { box } = this
    if (box.clientHeight === 0) return
    this.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < AT_END
    let row = this.#rowAt(box.scrollTop)
    // Not a day's line: it moves up when older messages of that day come.
    while (row && !row.dataset.id) row = row.nextElementSibling as HTMLElement | undefined
    this.#anchor = row && { row, offset: row.offsetTop - box.scrollTop }
  }

  /** Something changed its height or came in: go back to where we were. */
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

  /** Puts a row into view, a third from the top. */
  toRow(row: HTMLElement) {
    this.atEnd = false
    this.box.scrollTop = row.offsetTop - this.box.clientHeight / 3
    this.moved()
  }

  /** The last row of which something is to be seen. */
  lastSeen(): HTMLElement | undefined {
    const { box } = this
    return box.clientHeight ? this.#rowAt(box.scrollTop + box.clientHeight - 24) : undefined
  }

  /** The row that covers a height, found by halving. */
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
