// The pane beside the queue: one case with its facts and messages.
import type { TargetedKeyboardEvent } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useChanges } from '../../shared/changes'
import { t } from '../../shared/words'
import type { WireConversation as Conversation } from '../../stream/wire'
import { useDesk } from '../desk'
import { Icon } from '../icons'
import { isColleagues, type View } from '../queue/cases'
import { focusRow } from '../queue/keyboard'
import { address } from '../route'
import { Facts } from './facts'
import { StandIn } from './stand-in'
import { Talk } from './talk'

export function CasePane({ view, id }: { view: View; id: string | null }) {
  const { cases } = useDesk()
  useChanges(cases)
  const conversation = id ? cases.byId.get(id) : undefined
  const settled = cases.loaded[view] === 'yes'
  useEffect(() => {
    // An old address: the case may have moved to another list since then.
    if (id && !conversation && settled) void cases.fetch(id)
  }, [id, conversation, settled, cases])
  if (id && cases.gone.has(id)) return <Gone view={view} />
  if (!conversation) return <Nothing asked={!!id && !settled} />
  return <Open key={conversation.id} conversation={conversation} view={view} />
}

function Nothing({ asked }: { asked: boolean }) {
  return (
    <section class="desk-case desk-empty" aria-label={t('desk.case')}>
      <Icon name="inbox" />
      <p class="desk-empty-title">{asked ? t('desk.loading') : t('desk.choose')}</p>
      <p class="soft keys-hint">
        <kbd>↑</kbd> <kbd>↓</kbd> {t('desk.keys-move')} · <kbd>Enter</kbd> {t('desk.keys-open')}
      </p>
    </section>
  )
}

function Gone({ view }: { view: View }) {
  return (
    <section class="desk-case desk-empty" aria-label={t('desk.case')} role="status">
      <Icon name="inbox" />
      <p class="desk-empty-title">{t('desk.gone')}</p>
      <p class="soft">{t('desk.gone-why')}</p>
      <a class="button quiet" href={address(view)}>
        {t('desk.back')}
      </a>
    </section>
  )
}

function Open({ conversation, view }: { conversation: Conversation; view: View }) {
  const { me } = useDesk()
  const [standingIn, standIn] = useState(false)
  const colleagues = isColleagues(conversation, me.person)
  return (
    <section
      class="desk-case"
      aria-label={t('desk.case')}
      onKeyDown={(event) => backToQueue(event, conversation.id)}
    >
      <div class="case-talk">
        {colleagues && !standingIn ? (
          <StandIn conversation={conversation} view={view} onOpen={() => standIn(true)} />
        ) : (
          <Talk conversation={conversation} view={view} />
        )}
      </div>
      <aside class="case-facts" aria-label={t('desk.facts')}>
        <Facts conversation={conversation} />
      </aside>
    </section>
  )
}

/** Escape moves the focus back to the opened row, unless something in the pane has used the key. */
function backToQueue(event: TargetedKeyboardEvent<HTMLElement>, id: string): void {
  if (event.key === 'Escape' && !event.defaultPrevented) focusRow(id)
}
