import { Component, type ComponentChildren } from 'preact'
import { later } from '../shared/later'
import { lazy } from '../shared/lazy'
import { explain } from '../shared/problems'
import { toast } from '../shared/toast'
import { t } from '../shared/words'
import type { Entry, EntryState } from './entry'
import { Icon } from './icons'
import { Quote } from './quote'
import { CardView, Said } from './said'
import { isBigEmoji } from './text'
import type { Thread } from './thread'
import { Ticks } from './ticks'
import { clock } from './times'

export type Marks = readonly (readonly [number, number])[]

interface Props {
  thread: Thread
  entry: Entry
  state: EntryState
  /** Who wrote the message: `ours` is a colleague of the reader. */
  side: 'mine' | 'ours' | 'theirs'
  /** The writer's name, shown if it is not obvious who wrote the message; otherwise empty. */
  name: string
  speaker: string
  first: boolean
  last: boolean
  marks: Marks | undefined
  /** The message that this one replies to: its id if it is loaded, its writer and its text. */
  quoted: string | undefined
  quotedBy: string | undefined
  quotedWords: string | undefined
  onGo(id: string): void
  /** The interface's language: times are drawn in it. */
  language: string
}

const Attachment = lazy(
  later(() => import('./attachment')),
  (module) => module.Attachment,
)

/** CSS classes. An edit is shown only if it could not be sent. */
const KINDS: Record<Entry['content']['kind'], string> = {
  text: 'text',
  file: 'file',
  edit: 'text',
  card: 'notice-card',
  withdrawn: 'withdrawn',
  unreadable: 'unreadable',
  unknown: 'unknown',
}

/** One message. It is redrawn only if one of its props has changed. */
export class Bubble extends Component<Props> {
  override shouldComponentUpdate(next: Props) {
    const keys = Object.keys(next) as (keyof Props)[]
    return keys.some((key) => next[key] !== this.props[key])
  }

  override render({ entry, state, side, name, speaker, first, last, language, ...rest }: Props) {
    const { content } = entry
    const big = content.kind === 'text' && isBigEmoji(content.text)
    const form = [side, first && 'first', last && 'last', KINDS[content.kind], big && 'big', state]
    return (
      <li
        class={`message ${form.filter(Boolean).join(' ')}`}
        data-id={entry.id}
        data-number={entry.number}
        tabIndex={-1}
      >
        <div class="bubble">
          <span class="visually-hidden">{speaker}: </span>
          {name && (
            <b class="bubble-name" dir="auto" aria-hidden="true">
              {name}
            </b>
          )}
          {rest.quotedWords !== undefined && (
            <Quote
              id={rest.quoted ?? ''}
              by={rest.quotedBy ?? ''}
              words={rest.quotedWords}
              onGo={rest.onGo}
            />
          )}
          <Inside entry={entry} {...rest}>
            <span class="meta">
              {entry.edited && <span>{t('chat.edited')}</span>}
              <time dateTime={new Date(entry.at).toISOString()}>{clock(entry.at)}</time>
              {side === 'mine' && content.kind !== 'withdrawn' && <Ticks state={state} />}
            </span>
          </Inside>
        </div>
        {state === 'failed' && <Failed entry={entry} thread={rest.thread} />}
      </li>
    )
  }
}

type InsideProps = Pick<Props, 'entry' | 'thread' | 'marks'> & { children: ComponentChildren }

function Inside({ entry, thread, marks, children }: InsideProps) {
  const { content } = entry
  if (content.kind === 'text' || content.kind === 'edit') {
    return (
      <Said text={content.text} marks={marks}>
        {children}
      </Said>
    )
  }
  if (content.kind === 'card') {
    return (
      <CardView content={content} marks={marks}>
        {children}
      </CardView>
    )
  }
  if (content.kind === 'file') {
    return (
      <>
        <Attachment thread={thread} entry={entry} content={content} />
        {content.caption ? (
          <Said text={content.caption} marks={marks}>
            {children}
          </Said>
        ) : (
          children
        )}
      </>
    )
  }
  return (
    <p class="said placeholder">
      {t(PLACEHOLDERS[content.kind])}
      {children}
    </p>
  )
}

const PLACEHOLDERS = {
  withdrawn: 'chat.withdrawn',
  unreadable: 'chat.unreadable',
  unknown: 'chat.unknown-kind',
}

function Failed({ entry, thread }: { entry: Entry; thread: Thread }) {
  const retry = () => thread.retry(entry).catch((error) => toast(explain(error)))
  return (
    <div class="failed-line">
      <span class="error">
        {t(entry.failed === 'no-room' ? 'problem.no-room' : 'chat.not-sent')}
        {entry.failed === 'too-large' && `. ${t('problem.too-large')}`}
      </span>
      <button type="button" class="link-button" onClick={retry}>
        <Icon name="retry" />
        {t('chat.retry')}
      </button>
      <button
        type="button"
        class="link-button"
        onClick={() => thread.context.outbox.discard(entry.id)}
      >
        <Icon name="remove" />
        {t('chat.delete')}
      </button>
    </div>
  )
}
