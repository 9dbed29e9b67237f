import { useEffect } from 'preact/hooks'
import { t } from '../shared/words'
import { stateOf } from './entry'
import { Avatar } from './head'
import { titleOf } from './sides'
import { summaryOf } from './summary'
import type { Thread } from './thread'
import { Ticks } from './ticks'
import { listTime } from './times'

interface Props {
  thread: Thread
  current: boolean
  onOpen(): void
}

/** One conversation in a list. */
export function ThreadRow({ thread, current, onOpen }: Props) {
  const title = titleOf(thread)
  const { last_message } = thread.info
  useEffect(() => void thread.loadPreview(), [thread, last_message?.id])
  return (
    <li>
      <button
        type="button"
        class="thread-row"
        aria-current={current ? 'true' : undefined}
        onClick={onOpen}
      >
        <Avatar name={title} />
        <span class="thread-title" dir="auto">
          {title}
        </span>
        <time class="thread-time">{listTime(thread.activity)}</time>
        <span class="thread-preview">
          <Preview thread={thread} />
        </span>
        {thread.unread > 0 && (
          <span class="badge" role="img" aria-label={t('chat.unread', { count: thread.unread })}>
            {thread.unread}
          </span>
        )}
      </button>
    </li>
  )
}

function Preview({ thread }: { thread: Thread }) {
  const { latest: last, draft, typing, info } = thread
  if (typing.heard) return <span class="typing-words">{t('chat.typing')}</span>
  if (draft) {
    return (
      <>
        <b class="draft-word">{t('chat.draft')} </b>
        <bdi>{draft}</bdi>
      </>
    )
  }
  if (!last) return null
  return (
    <>
      {last.mine && <Ticks state={stateOf(last, info.others)} />}
      <bdi>{summaryOf(last).slice(0, 160)}</bdi>
    </>
  )
}
