import { t } from '../shared/words'
import type { Entry } from './entry'
import { speakerOf } from './sides'
import { summaryOf } from './summary'
import type { Thread } from './thread'

export interface Quoted {
  id: string
  by: string
  words: string
}

/** The message that an entry replies to, as it is now: a quote keeps no withdrawn words. */
export function quoteOf(thread: Thread, { content }: Entry): Quoted | undefined {
  const id = 'reply' in content ? content.reply : undefined
  if (!id) return
  const entry = thread.find(id)
  if (!entry) return { id: '', by: '', words: t('chat.reply-gone') }
  return { id, by: speakerOf(thread, entry), words: summaryOf(entry).slice(0, 200) }
}

/** Stands above the bubble's text. A press leads to the quoted message. */
export function Quote({ id, by, words, onGo }: Quoted & { onGo(id: string): void }) {
  if (!id) return <p class="quote gone">{words}</p>
  return (
    <button type="button" class="quote" onClick={() => onGo(id)}>
      <span class="visually-hidden">{t('chat.reply-to')} </span>
      <b dir="auto">{by}</b>
      <span dir="auto">{words}</span>
    </button>
  )
}
