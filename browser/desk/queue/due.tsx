// How long a client has waited, in words and with an icon. Colour alone would not be enough.

import { t } from '../../shared/words'
import type { WireConversation as Conversation } from '../../stream/wire'
import { Icon } from '../icons'
import { lasting, stamp } from '../times'
import { touched, urgency } from './cases'

export function Due({ conversation, now }: { conversation: Conversation; now: number }) {
  const { waiting_since, answer_by } = conversation.case
  const state = urgency(conversation, now)
  if (state === 'overdue' && answer_by) {
    return (
      <span class="due overdue">
        <Icon name="alert" />
        {t('desk.overdue-by', { time: lasting(answer_by, now) })}
      </span>
    )
  }
  if (state === 'soon' && answer_by) {
    return (
      <span class="due soon">
        <Icon name="clock" />
        {t('desk.due-in', { time: lasting(answer_by, now) })}
      </span>
    )
  }
  if (state === 'waiting' && waiting_since) {
    return <span class="due">{t('desk.waits', { time: lasting(waiting_since, now) })}</span>
  }
  return <span class="due soft">{stamp(touched(conversation), now)}</span>
}
