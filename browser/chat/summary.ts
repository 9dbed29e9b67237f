import { t } from '../shared/words'
import type { Entry } from './entry'
import { duration } from './times'

/** A message in one line, for lists and for screen readers. */
export function summaryOf({ content }: Entry): string {
  if (content.kind === 'text') return content.text
  if (content.kind === 'withdrawn') return t('chat.withdrawn')
  if (content.kind === 'unreadable') return t('chat.unreadable')
  if (content.kind === 'edit') return t('chat.an-edit')
  if (content.kind === 'card') return content.title
  if (content.kind !== 'file') return t('chat.unknown-kind')
  if (content.caption) return content.caption
  if (content.type.startsWith('image/')) return t('chat.a-picture')
  if (content.seconds !== undefined) {
    return t('chat.a-voice', { time: duration(content.seconds) })
  }
  return content.name
}
