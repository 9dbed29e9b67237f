// The client's name, and the case in one line. In narrow panes, the facts unfold here.
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../shared/words'
import type { WireConversation as Conversation } from '../../stream/wire'
import { languageName, topicName, useDesk } from '../desk'
import { useNow } from '../now'
import { Due } from '../queue/due'
import { Facts } from './facts'

export function CaseTitle({ conversation }: { conversation: Conversation }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus({ preventScroll: true }), [])
  return (
    <div class="case-title">
      <h2 ref={title} tabIndex={-1}>
        <bdi>{conversation.case.client?.nickname ?? t('desk.someone')}</bdi>
      </h2>
      <div class="case-line">
        <Line conversation={conversation} />
      </div>
      <details class="case-fold">
        <summary>
          <Line conversation={conversation} />
        </summary>
        <Facts conversation={conversation} />
      </details>
    </div>
  )
}

function Line({ conversation }: { conversation: Conversation }) {
  const { choices } = useDesk()
  const now = useNow()
  const { language, topic } = conversation.case
  return (
    <>
      <span>
        {languageName(language)} · {topicName(choices, topic)}
      </span>
      <Due conversation={conversation} now={now} />
    </>
  )
}
