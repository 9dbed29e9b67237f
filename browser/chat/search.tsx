import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useChanges } from '../shared/changes'
import { t } from '../shared/words'
import type { Marks } from './bubble'
import type { Entry } from './entry'
import { findIn, forgetFolded } from './fold'
import type { Found } from './found'
import { Icon } from './icons'
import type { Thread } from './thread'

const PAUSE = 200

interface Props {
  thread: Thread
  onFound(found: Found | undefined): void
  onClose(): void
}

/** Searches on this device, newest first, and meanwhile fetches older messages. */
export function Search({ thread, onFound, onClose }: Props) {
  useChanges(thread)
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [words, setWords] = useState('')
  const [current, setCurrent] = useState('')
  useEffect(() => {
    field.current?.focus()
    return forgetFolded
  }, [])
  useEffect(() => {
    const timer = setTimeout(() => setWords(typed.trim()), PAUSE)
    return () => clearTimeout(timer)
  }, [typed])
  const reached = useOlder(thread, words)
  const { entries } = thread
  const marks = useMemo(() => hits(entries, words), [entries, words])
  const ids = [...marks.keys()].reverse()
  const id = marks.has(current) ? current : (ids[0] ?? '')
  const at = ids.indexOf(id)
  useEffect(() => onFound(id ? { id, marks } : undefined), [id, marks])
  const step = (by: number) => setCurrent(ids[at + by] ?? id)

  return (
    <search class="talk-search">
      <input
        class="input"
        type="search"
        dir={typed ? 'auto' : undefined}
        ref={field}
        aria-label={t('chat.search')}
        placeholder={t('chat.search-word')}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose()
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
        }}
      />
      <span class="small soft search-count" role="status">
        {words && countOf(at, ids.length, reached)}
      </span>
      <button
        type="button"
        class="button icon-only"
        aria-label={t('chat.older-hit')}
        disabled={at >= ids.length - 1}
        onClick={() => step(1)}
      >
        <Icon name="up" />
      </button>
      <button
        type="button"
        class="button icon-only"
        aria-label={t('chat.newer-hit')}
        disabled={at <= 0}
        onClick={() => step(-1)}
      >
        <Icon name="below" />
      </button>
      <button type="button" class="button icon-only" aria-label={t('close')} onClick={onClose}>
        <Icon name="close" />
      </button>
    </search>
  )
}

function countOf(at: number, of: number, done: boolean): string {
  if (of > 0) return t('chat.hits', { at: at + 1, of }) + (done ? '' : ' …')
  return t(done ? 'chat.no-hits' : 'chat.searching')
}

function hits(entries: readonly Entry[], words: string): ReadonlyMap<string, Marks> {
  const found = new Map<string, Marks>()
  if (!words) return found
  for (const { id, content } of entries) {
    const ranges = findIn(saidIn(content), words)
    if (ranges.length) found.set(id, ranges)
    else if (beside(content).some((text) => findIn(text, words).length)) found.set(id, [])
  }
  return found
}

/** The entry's text that is searched and marked. */
function saidIn(content: Entry['content']): string {
  if (content.kind === 'text' || content.kind === 'card') return content.text
  return (content.kind === 'file' && content.caption) || ''
}

function beside(content: Entry['content']): string[] {
  if (content.kind === 'file') return [content.name]
  return content.kind === 'card' ? [content.title] : []
}

/** Loads page after page while `words` is not empty; true when all messages are loaded. */
function useOlder(thread: Thread, words: string): boolean {
  useEffect(() => {
    let left = false
    const load = async () => {
      while (!left && words && !thread.complete) await thread.older()
    }
    // Without network the search covers the loaded messages.
    load().catch(() => undefined)
    return () => {
      left = true
    }
  }, [thread, words])
  return thread.complete
}
