import { t } from '../shared/words'
import type { Entry } from './entry'
import { Icon } from './icons'
import { speakerOf } from './sides'
import { summaryOf } from './summary'
import type { Thread } from './thread'

/** What the person writes: a reply to a message, or a new text for one of their own. */
export interface About {
  what: 'reply' | 'edit'
  entry: Entry
}

/** Stands above the composer until the reply or edit is sent or cancelled. */
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
