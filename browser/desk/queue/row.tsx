// A case's row in the queue.
import { useCallback, useMemo, useRef } from 'preact/hooks'
import { t, useLanguage } from '../../shared/words'
import type { WireConversation as Conversation } from '../../stream/wire'
import { Count } from '../count'
import { languageName, topicName, useDesk } from '../desk'
import { Icon } from '../icons'
import { address } from '../route'
import { isColleagues, urgency, type View } from './cases'
import { Due } from './due'
import type { Preview } from './previews'
import { useSeen } from './seen'

interface Props {
  conversation: Conversation
  view: View
  now: number
  current: boolean
  reachable: boolean
}

export function Row({ conversation, view, now, current, reachable }: Props) {
  const { choices, me, previews } = useDesk()
  const spoken = useLanguage()
  const colleagues = isColleagues(conversation, me.person)
  const place = useRef<HTMLLIElement>(null)
  const preview = previews.get(conversation)
  const tell = useCallback(
    (visible: boolean) => {
      if (colleagues) return
      if (visible) previews.want(conversation)
      else previews.forget(conversation)
    },
    [conversation, previews, colleagues],
  )
  useSeen(place, tell)
  // Preact skips an element that is identical, so a change to one case redraws one row of 300.
  return useMemo(() => {
    const { unread } = conversation
    const { client, language, topic, counsellor } = conversation.case
    return (
      <li class="row" ref={place} data-urgency={urgency(conversation, now)}>
        <a
          href={address(view, conversation.id)}
          data-case={conversation.id}
          aria-current={current ? 'true' : undefined}
          tabIndex={reachable ? 0 : -1}
        >
          <span class="row-top">
            <span class="row-name">
              <span dir="auto">{client?.nickname ?? t('desk.someone')}</span>
            </span>
            <Due conversation={conversation} now={now} />
          </span>
          <span class="row-preview">
            {colleagues ? (
              <Colleague name={counsellor?.name ?? ''} />
            ) : (
              <PreviewText preview={preview} conversation={conversation} />
            )}
            {unread > 0 && (
              <Count count={unread} words={t('desk.unread-count', { count: unread })} />
            )}
          </span>
          <span class="row-chips">
            <span class="chip">{languageName(language)}</span>
            <span class="chip">{topicName(choices, topic)}</span>
          </span>
        </a>
      </li>
    )
  }, [conversation, view, now, current, reachable, preview, choices, colleagues, spoken])
}

/** The row of a colleague's case shows the colleague's name instead of the message. */
function Colleague({ name }: { name: string }) {
  return (
    <span class="row-text">
      <Icon name="person" />
      <span dir="auto">{name}</span>
    </span>
  )
}

function PreviewText(props: { preview: Preview | undefined; conversation: Conversation }) {
  const { me } = useDesk()
  const { preview, conversation } = props
  if (!conversation.last_message) return <span class="row-text" />
  if (!preview) return <span class="row-text skeleton" />
  const text = inWords(preview)
  const { sender } = conversation.last_message
  const own = sender === me.person
  const stoodIn = !own && sender !== conversation.case.client?.person
  return (
    <span class="row-text">
      {own && <span class="soft">{t('desk.answered-with')}</span>}
      {stoodIn && <span class="soft">{t('desk.answered-by-colleague')}</span>}
      <span dir="auto">{text}</span>
    </span>
  )
}

function inWords(preview: Preview): string {
  if (typeof preview === 'string') return t(`desk.preview-${preview}`)
  if (preview.kind === 'text') return preview.text.slice(0, 160)
  if (preview.kind === 'unknown' || preview.kind === 'edit') return t('desk.preview-unknown')
  if (preview.kind === 'card') return preview.title
  if (preview.caption) return preview.caption.slice(0, 160)
  const family = preview.type.split('/')[0]
  if (family === 'image') return t('desk.preview-picture')
  return family === 'audio' ? t('desk.preview-voice') : preview.name
}
