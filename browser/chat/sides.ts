import { t } from '../shared/words'
import type { Entry } from './entry'
import type { Thread } from './thread'

export type Side = 'mine' | 'ours' | 'theirs'

/** `ours` is a colleague of the reading counsellor, who answers for the same centre. */
export function sideOf({ info, context }: Thread, { mine, sender }: Entry): Side {
  if (mine) return 'mine'
  const client = info.case.client?.person
  return context.me.role === 'client' || sender === client ? 'theirs' : 'ours'
}

/** The writer's name; empty if side and title say it already. */
export function writerOf(thread: Thread, entry: Entry): string {
  const side = sideOf(thread, entry)
  const { counsellor, client } = thread.info.case
  if (side === 'mine' || entry.sender === client?.person) return ''
  if (entry.sender !== counsellor?.person) return t('chat.colleague')
  return side === 'ours' ? counsellor.name : ''
}

/** The writer's name for screen readers. */
export function speakerOf(thread: Thread, entry: Entry): string {
  return entry.mine ? t('chat.you') : writerOf(thread, entry) || titleOf(thread)
}

/** The other side's name, as the conversation's title. */
export function titleOf({ info, context }: Thread): string {
  const { client, counsellor, centre } = info.case
  if (context.me.role !== 'client') return client?.nickname ?? centre.name
  return counsellor?.name ?? centre.name
}

/** Up to two letters for a round avatar. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/u).filter((word) => /^\p{L}/u.test(word))
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : '']
  return [first, last]
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase()
}
