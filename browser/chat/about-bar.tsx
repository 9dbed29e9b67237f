import { t } from '../shared/words'
import type { Entry } from './entry'
import { Icon } from './icons'
import { speakerOf } from './sides'
import { summaryOf } from './summary'
import type { Thread } from './thread'

/** What is being written: an answer to one message, or other words for an own one. */
export interface About {
  what: 'reply' | 'edit'
  entry: Entry
}

/** Above the composer, until it was sent or given up. */
export function AboutBar({
  about,
  thread,
  onEnd,
}: {
  about: About
  thread: Thread
  onEnd(): void
}) {
  const { what, entry } = about
  return (
    <div class="about-bar">
      <Icon name={what} />
      <div>
        <b dir="auto">
          {what === 'edit'
            ? t('chat.editing')
            : t('chat.replying', { name: speakerOf(thread, entry) })}
        </b>
        <p dir="auto">{summaryOf(entry).slice(0, 200)}</p>
      </div>
      <button type="button" class="button icon-only" aria-label={t('chat.cancel')} onClick={onEnd}>
        <Icon name="close" />
      </button>
    </div>
  )
}
