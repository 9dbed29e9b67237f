import type { ComponentChildren } from 'preact'
import { t } from '../shared/words'
import { Icon } from './icons'
import { initials, titleOf } from './sides'
import type { Thread } from './thread'
import { dueTime } from './times'

interface Props {
  thread: Thread
  onBack: (() => void) | undefined
  onSearch(): void
  header: ComponentChildren
  actions: ComponentChildren
}

export function Head({ thread, onBack, onSearch, header, actions }: Props) {
  return (
    <header class="talk-head">
      {onBack && (
        <button
          type="button"
          class="button icon-only talk-back"
          aria-label={t('chat.back')}
          onClick={onBack}
        >
          <Icon name="back" />
        </button>
      )}
      {header ?? <Title thread={thread} />}
      <button
        type="button"
        class="button icon-only"
        aria-label={t('chat.search')}
        onClick={onSearch}
      >
        <Icon name="search" />
      </button>
      {actions}
    </header>
  )
}

function Title({ thread }: { thread: Thread }) {
  const title = titleOf(thread)
  return (
    <>
      <Avatar name={title} />
      <div class="talk-title">
        <h1 dir="auto">{title}</h1>
        <p class="soft small" dir="auto">
          {thread.typing.heard ? (
            <span class="typing-words">{t('chat.typing')}</span>
          ) : (
            <span>{statusOf(thread)}</span>
          )}
        </p>
      </div>
    </>
  )
}

/** When the client can expect an answer, or otherwise who answers. */
function statusOf({ info, context }: Thread): string {
  const { answer_by, counsellor, centre, state } = info.case
  if (state === 'closed') return t('chat.closed')
  if (context.me.role === 'client' && answer_by && Date.parse(answer_by) > Date.now()) {
    return t('chat.answers-by', { time: dueTime(answer_by) })
  }
  return counsellor ? centre.name : t('chat.team')
}

export function Avatar({ name }: { name: string }) {
  return (
    <span class="avatar" aria-hidden="true">
      {initials(name)}
    </span>
  )
}
