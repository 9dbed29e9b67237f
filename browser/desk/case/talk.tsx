// What was said, as clients see it too. Who has not taken the case may read, not write.
import { ConversationView } from '../../chat/conversation'
import { t } from '../../shared/words'
import type { WireConversation as Conversation } from '../../stream/wire'
import { useDesk } from '../desk'
import { viewOf } from '../queue/cases'
import { Take } from './actions'

export function Talk({ conversation }: { conversation: Conversation }) {
  const { session, me } = useDesk()
  const place = viewOf(conversation, me.person)
  return (
    <>
      <div class="case-talk">
        <ConversationView
          session={session}
          conversationId={conversation.id}
          readOnly={place === 'new' || place === 'closed'}
        />
      </div>
      {place === 'new' && <Take conversation={conversation} />}
      {place === 'closed' && <p class="case-note">{t('desk.is-closed')}</p>}
      {place === 'centre' && (
        <p class="case-note">
          {t('desk.standing-in', { name: conversation.case.counsellor?.name ?? '' })}
        </p>
      )}
    </>
  )
}
