import { useState } from 'preact/hooks'
import { CentreKeys } from '../safety/lazy'
import { t } from '../shared/words'
import { Icon } from './icons'
import type { Thread } from './thread'
import { dateOf, dueTime } from './times'

/** Stands above the first message and says who can read the conversation. */
export function Safe({ thread }: { thread: Thread }) {
  const { centre } = thread.info.case
  const [asked, ask] = useState(false)
  return (
    <div class="safe">
      <Icon name="lock" />
      <div>
        <p>{whoCanRead(thread)}</p>
        {thread.context.me.role === 'client' && (
          <button type="button" class="link-button" onClick={() => ask(true)}>
            {t('chat.safety-number')}
          </button>
        )}
      </div>
      {asked && <CentreKeys centre={centre} onClose={() => ask(false)} />}
    </div>
  )
}

/** Client and counsellor each read it from their own side. */
export function whoCanRead({ info, context }: Thread): string {
  const key = context.me.role === 'client' ? 'chat.safe' : 'chat.safe-staff'
  return t(key, { centre: info.case.centre.name })
}

/** Stands below the last message and tells the client the state of the case. */
export function Standing({ thread }: { thread: Thread }) {
  const { state, counsellor, centre, requested, answer_by, absent_until } = thread.info.case
  if (thread.context.me.role !== 'client' || thread.state !== 'open') return null
  const lines: string[] = []
  if (state === 'new') {
    lines.push(t('chat.received', { centre: centre.name }))
    if (requested) lines.push(t('chat.requested', { name: requested.name }))
    if (answer_by) lines.push(promise(answer_by))
    lines.push(t('chat.come-back'))
  }
  const away = counsellor ?? requested
  if (away && absent_until) {
    lines.push(t('chat.absent', { name: away.name, date: dateOf(absent_until) }))
    if (state !== 'new' && answer_by) lines.push(promise(answer_by))
  } else if (state === 'running' && answer_by && isOver(answer_by)) lines.push(t('chat.late'))
  if (state === 'closed') lines.push(t('chat.closed-hint'))
  if (!lines.length) return null
  return (
    <div class="standing">
      {lines.map((line) => (
        <p key={line} dir="auto">
          {line}
        </p>
      ))}
    </div>
  )
}

const isOver = (iso: string) => Date.parse(iso) < Date.now()

const promise = (by: string) =>
  isOver(by) ? t('chat.late') : t('chat.promise', { time: dueTime(by) })
