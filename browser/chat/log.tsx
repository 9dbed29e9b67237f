import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { t, useLanguage } from '../shared/words'
import { Bubble } from './bubble'
import { type Entry, stateOf } from './entry'
import type { Found } from './found'
import { Gap } from './gap'
import { Icon } from './icons'
import { see, useEndAfterSending, useSeen, useUnreadInView, useUnreadLine, walk } from './log-parts'
import { longPress } from './press'
import { quoteOf } from './quote'
import { type Row, rowsOf } from './rows'
import { Scroll } from './scroll'
import { sideOf, speakerOf, writerOf } from './sides'
import type { Thread } from './thread'
import { dayName } from './times'

/** Messages that are drawn first: more than fit on a phone's screen. */
const FIRST = 12
/** Messages that are added soon afterwards, and on each scroll to the top. */
const STEP = 50
/** Pixels from the top at which older messages are added. */
const NEAR_TOP = 800
/** Milliseconds after which the first messages are painted, and more can be added. */
const SOON = 150

export interface Point {
  x: number
  y: number
}

interface Props {
  thread: Thread
  found: Found | undefined
  onMenu(entry: Entry, at: Point): void
  /** Stands above the oldest message. */
  head: ComponentChildren
  /** Stands below the newest message. */
  foot: ComponentChildren
}

export function Log({ thread, found, onMenu, head, foot }: Props) {
  const language = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const scroll = useRef<Scroll | undefined>(undefined)
  const [shown, setShown] = useState(FIRST)
  const [away, setAway] = useState(false)
  const [goal, setGoal] = useState<{ id: string }>()
  const go = useCallback((id: string) => setGoal({ id }), [])
  const unreadFrom = useUnreadLine(thread)
  const { entries, gaps } = thread
  const from = firstShown(entries, shown, [found?.id, goal?.id], unreadFrom)
  const rows = useMemo(
    () => rowsOf(entries.slice(from), unreadFrom, gaps),
    [entries, from, unreadFrom, gaps],
  )

  useLayoutEffect(() => {
    if (!box.current || !list.current) return
    scroll.current = new Scroll(box.current, list.current)
    return () => scroll.current?.close()
  }, [])
  useLayoutEffect(() => scroll.current?.settle(), [rows, foot])
  useUnreadInView(thread, scroll)
  useEndAfterSending(thread, scroll)
  useSeen(thread, scroll)
  useEffect(() => {
    const row = found && list.current?.querySelector<HTMLElement>(`[data-id="${found.id}"]`)
    if (row) scroll.current?.toRow(row)
    // Messages drawn for the search stay, so that nothing moves when the search is closed.
    if (found) setShown((now) => Math.max(now, entries.length - from))
  }, [found?.id])
  useEffect(() => {
    const row = goal && list.current?.querySelector<HTMLElement>(`[data-id="${goal.id}"]`)
    if (!row) return
    scroll.current?.toRow(row)
    row.focus({ preventScroll: true })
    setShown((now) => Math.max(now, entries.length - from))
  }, [goal])

  const grow = () => {
    if (!box.current?.clientHeight || box.current.scrollTop > NEAR_TOP) return
    if (from > 0) setShown(entries.length - from + STEP)
    else if (!thread.complete) void thread.older().then(() => setShown(shown + STEP), ignore)
  }
  useEffect(() => {
    const timer = setTimeout(grow, SOON)
    return () => clearTimeout(timer)
  }, [rows])
  const onScroll = () => {
    const { current } = scroll
    if (!current) return
    current.moved()
    setAway(!current.atEnd)
    see(thread, current)
    grow()
  }
  const menuAt = (target: EventTarget | null, at: Point): boolean => {
    const id = (target as Element).closest<HTMLElement>('.message')?.dataset.id
    const entry = entries.find((other) => other.id === id)
    if (entry) onMenu(entry, at)
    return entry !== undefined
  }

  return (
    <div class="log-frame">
      <section
        class="log"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must scroll the log
        tabIndex={0}
        aria-label={t('chat.messages')}
        onScroll={onScroll}
        onKeyDown={walk}
        onContextMenu={(event) => {
          if ((event.target as Element).closest('a') || String(getSelection())) return
          if (menuAt(event.target, { x: event.clientX, y: event.clientY })) event.preventDefault()
        }}
        {...longPress((event) => {
          if (menuAt(event.target, event)) navigator.vibrate?.(10)
        })}
      >
        <div class="log-inner">
          {thread.complete ? head : <div class="log-more" aria-hidden="true" />}
          <ol class="talk-rows" role="list" ref={list}>
            {rows.map((row) => (
              <RowView
                key={row.key}
                row={row}
                thread={thread}
                found={found}
                language={language}
                onGo={go}
              />
            ))}
          </ol>
          {foot}
        </div>
      </section>
      {away && (
        <button type="button" class="to-end" onClick={() => scroll.current?.toEnd()}>
          <Icon name="down" />
          <span class="visually-hidden">{t('chat.to-end')}</span>
          {thread.unread > 0 && <span class="badge">{thread.unread}</span>}
        </button>
      )}
    </div>
  )
}

/** Index of the first entry to draw: messages in `ids` and the first unread one are included. */
function firstShown(
  entries: readonly Entry[],
  shown: number,
  ids: (string | undefined)[],
  unreadFrom: number,
): number {
  const wanted = (entry: Entry) =>
    ids.includes(entry.id) || (unreadFrom > 0 && (entry.number ?? 0) >= unreadFrom)
  const latest = entries.length - shown
  const target = entries.findIndex(wanted)
  return Math.max(0, target < 0 ? latest : Math.min(latest, target - FIRST))
}

interface RowProps {
  row: Row
  thread: Thread
  found: Found | undefined
  language: string
  onGo(id: string): void
}

function RowView({ row, thread, found, language, onGo }: RowProps) {
  if (row.kind === 'gap') return <Gap />
  if (row.kind === 'day') {
    return (
      <li class="day-line">
        <span>{dayName(row.at)}</span>
      </li>
    )
  }
  if (row.kind === 'unread') {
    return (
      <li class="unread-line">
        <span>{t('chat.unread-line')}</span>
      </li>
    )
  }
  const { entry, first, last } = row
  const quoted = quoteOf(thread, entry)
  return (
    <Bubble
      thread={thread}
      entry={entry}
      state={stateOf(entry, thread.info.others)}
      side={sideOf(thread, entry)}
      name={first ? writerOf(thread, entry) : ''}
      speaker={speakerOf(thread, entry)}
      first={first}
      last={last}
      marks={found?.marks.get(entry.id)}
      quoted={quoted?.id}
      quotedBy={quoted?.by}
      quotedWords={quoted?.words}
      onGo={onGo}
      language={language}
    />
  )
}

/** For a failure of the network: the next scroll tries again. */
const ignore = () => undefined
