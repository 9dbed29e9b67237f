import { t } from '../shared/words'
import type { EntryState } from './entry'

/** Clock, one check, two checks. The words next to them say the same. */
const PATHS: Partial<Record<EntryState, string>> = {
  failed: 'M8.500 15a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM8.500 5v4M8.500 11.800v.1',
  sending: 'M8 14.500a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM8 5.500v3.200l2 1.300',
  sent: 'M4.500 8.700l3.300 3.300 6.700-7.500',
  delivered: 'M1 8.700l3.300 3.300L11 4.500M8.300 11.200l.9.800 6.700-7.500',
  read: 'M1 8.700l3.300 3.300L11 4.500M8.300 11.200l.9.800 6.700-7.500',
}

export function Ticks({ state }: { state: EntryState }) {
  const path = PATHS[state]
  if (!path) return null
  return (
    <svg
      class={`ticks ${state}`}
      viewBox="0 0 17 17"
      role="img"
      aria-label={t(`chat.state.${state}`)}
    >
      <path d={path} />
    </svg>
  )
}
