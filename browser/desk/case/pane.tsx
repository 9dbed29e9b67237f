// The pane beside the queue: one case, with what is known of it and what was said.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useChanges } from '../../shared/changes'
import { t } from '../../shared/words'
import type { WireConversation as Conversation } from '../../stream/wire'
import { useDesk } from '../desk'
import { Icon } from '../icons'
import { type View, viewOf } from '../queue/cases'
import { address } from '../route'
import { Close } from './actions'
import { Facts } from './facts'
import { Talk } from './talk'

export function CasePane({ view, id }: { view: View; id: string | null }) {
  const { cases } = useDesk()
  useChanges(cases)
  const conversation = id ? cases.byId.get(id) : undefined
  const settled = cases.loaded[view] === 'yes'
  useEffect(() => {
    // An address from before: the case may have moved to another list meanwhile.
    if (id && !conversation && settled) void cases.fetch(id)
  }, [id, conversation, settled, cases])
  if (!conversation) return <Nothing asked={!!id} />
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

function Open({ conversation, view }: { conversation: Conversation; view: View }) {
  const { me } = useDesk()
  const title = useRef<HTMLHeadingElement>(null)
  const place = viewOf(conversation, me.person)
  const colleague = place === 'centre' ? conversation.case.counsellor : null
  const [standingIn, standIn] = useState(false)
  useEffect(() => title.current?.focus({ preventScroll: true }), [])
  return (
    <section class="desk-case" aria-labelledby="case-title">
      <header class="case-head">
        <a class="button icon-only case-back" href={address(view)} aria-label={t('desk.back')}>
          <Icon name="back" />
        </a>
        <h2 id="case-title" ref={title} tabIndex={-1}>
          <bdi>{conversation.case.client?.nickname ?? t('desk.someone')}</bdi>
        </h2>
        {place === 'mine' && <Close conversation={conversation} />}
      </header>
      <Facts conversation={conversation} />
      {colleague && !standingIn ? (
        <Colleague conversation={conversation} onOpen={() => standIn(true)} />
      ) : (
        <Talk conversation={conversation} />
      )}
    </section>
  )
}

/** A colleague's case is not opened in passing: one says so first, and the client will see it. */
function Colleague({ conversation, onOpen }: { conversation: Conversation; onOpen(): void }) {
  const { client, counsellor, absent_until } = conversation.case
  const name = counsellor?.name ?? ''
  return (
    <div class="stand-in">
      <h3>{t('desk.colleagues-case', { name })}</h3>
      {absent_until && <p>{t('desk.colleague-away', { name })}</p>}
      <p class="notice">
        <Icon name="alert" />
        <span>{t('desk.stand-in-seen', { client: client?.nickname ?? t('desk.someone') })}</span>
      </p>
      <button type="button" class="button" onClick={onOpen}>
        {t('desk.stand-in')}
      </button>
    </div>
  )
}
