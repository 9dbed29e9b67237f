// The facts of a case that are known without opening its messages.
import type { ComponentChildren } from 'preact'
import { t } from '../../shared/words'
import type { WireConversation as Conversation } from '../../stream/wire'
import { languageName, topicName, useDesk } from '../desk'
import { useNow } from '../now'
import { urgency } from '../queue/cases'
import { Due } from '../queue/due'
import { calendarDay, dayAndTime } from '../times'

export function Facts({ conversation }: { conversation: Conversation }) {
  const { choices, me } = useDesk()
  const now = useNow()
  const facts = conversation.case
  const waiting = facts.state !== 'closed' && facts.waiting_since
  return (
    <dl class="facts">
      <Fact name={t('desk.language')}>{languageName(facts.language)}</Fact>
      <Fact name={t('desk.topic')}>{topicName(choices, facts.topic)}</Fact>
      {facts.place && (
        <Fact name={t('desk.place')}>
          <bdi>{facts.place === 'abroad' ? t('desk.place-abroad') : facts.place}</bdi>
        </Fact>
      )}
      {waiting && (
        <Fact name={t('desk.waiting-since')}>
          <time dateTime={waiting}>{dayAndTime(waiting)}</time>
        </Fact>
      )}
      {waiting && facts.answer_by && (
        <Fact name={t('desk.promised-by')}>
          <time dateTime={facts.answer_by}>{dayAndTime(facts.answer_by)}</time>
          {urgency(conversation, now) !== 'waiting' && (
            <Due conversation={conversation} now={now} />
          )}
        </Fact>
      )}
      {facts.state === 'new' && facts.requested && (
        <Fact name={t('desk.requested')}>
          <bdi>
            {facts.requested.id === me.counsellor?.id
              ? t('desk.requested-me')
              : facts.requested.name}
          </bdi>
        </Fact>
      )}
      {facts.counsellor && (
        <Fact name={t('desk.counsellor')}>
          <bdi>{facts.counsellor.name}</bdi>
          {facts.absent_until && (
            <span class="soft">
              {t('desk.away-until', { day: calendarDay(facts.absent_until) })}
            </span>
          )}
        </Fact>
      )}
      <Fact name={t('desk.first-asked')}>{calendarDay(facts.made_at)}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
