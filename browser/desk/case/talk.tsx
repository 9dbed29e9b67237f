// The messages, as the client sees them too. Before taking the case, a counsellor can only read.
import type { ComponentChild } from 'preact'
import { ConversationView } from '../../chat/conversation'
import { t } from '../../shared/words'
import type { WireConversation as Conversation } from '../../stream/wire'
import { useDesk } from '../desk'
import { Icon } from '../icons'
import { type View, viewOf } from '../queue/cases'
import { address, go } from '../route'
import { Close, Take } from './actions'
import { CaseTitle } from './title'

export function Talk({ conversation, view }: { conversation: Conversation; view: View }) {
  const { session, me } = useDesk()
  const place = viewOf(conversation, me.person)
  return (
    <ConversationView
      session={session}
      conversationId={conversation.id}
      onBack={() => go(address(view))}
      header={<CaseTitle conversation={conversation} />}
      actions={place === 'mine' && <Close conversation={conversation} />}
      readOnly={place === 'new' || place === 'closed'}
      notice={noticeOf(place, conversation)}
    />
  )
}

function noticeOf(place: View, conversation: Conversation): ComponentChild {
  if (place === 'new') return <Take conversation={conversation} />
  if (place === 'closed') return <Note icon="archive" words={t('desk.is-closed')} />
  if (place === 'mine') return null
  const name = conversation.case.counsellor?.name ?? ''
  return <Note icon="people" words={t('desk.standing-in', { name })} />
}

function Note({ icon, words }: { icon: 'archive' | 'people'; words: string }) {
  return (
    <p class="case-note">
      <Icon name={icon} />
      <span>{words}</span>
    </p>
  )
}
