// A counsellor must confirm before a colleague's case opens, because the client will see it.
import { useState } from 'preact/hooks'
import { explain } from '../../shared/problems'
import { t } from '../../shared/words'
import type { WireConversation as Conversation } from '../../stream/wire'
import { useDesk } from '../desk'
import { Icon } from '../icons'
import type { View } from '../queue/cases'
import { address } from '../route'
import { CaseTitle } from './title'

interface Props {
  conversation: Conversation
  view: View
  onOpen(): void
}

export function StandIn({ conversation, view, onOpen }: Props) {
  const { session } = useDesk()
  const [problem, setProblem] = useState('')
  const { client, counsellor, absent_until } = conversation.case
  const name = counsellor?.name ?? ''
  const open = async () => {
    try {
      // A counsellor who stood in earlier and left since then has to join again, too.
      await session.join(conversation.id)
      onOpen()
    } catch (error) {
      setProblem(explain(error))
    }
  }
  return (
    <>
      <header class="talk-head">
        <a class="button icon-only case-back" href={address(view)} aria-label={t('desk.back')}>
          <Icon name="back" />
        </a>
        <CaseTitle conversation={conversation} />
      </header>
      <div class="stand-in">
        <Icon name="people" />
        <h3>{t('desk.colleagues-case', { name })}</h3>
        {absent_until && <p>{t('desk.colleague-away', { name })}</p>}
        <p class="soft">
          {t('desk.stand-in-seen', { client: client?.nickname ?? t('desk.someone') })}
        </p>
        {problem && (
          <p class="error" role="alert">
            {problem}
          </p>
        )}
        <button type="button" class="button" onClick={() => void open()}>
          {t('desk.stand-in')}
        </button>
      </div>
    </>
  )
}
