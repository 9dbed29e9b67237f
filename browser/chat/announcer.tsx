import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../shared/words'
import { summaryOf } from './summary'
import type { Thread } from './thread'

/** Announces new messages to screen readers while the conversation is open. */
export function Announcer({ thread }: { thread: Thread }) {
  const [words, setWords] = useState('')
  const told = useRef(0)
  const last = thread.entries.at(-1)
  const number = last?.number ?? 0
  useEffect(() => {
    const first = told.current === 0
    if (number <= told.current) return
    told.current = number
    if (!first && last && !last.mine) setWords(t('chat.announce', { words: summaryOf(last) }))
  }, [number])
  return (
    <div class="visually-hidden" role="log" aria-live="polite">
      {words}
    </div>
  )
}
