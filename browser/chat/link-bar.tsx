import { useEffect, useState } from 'preact/hooks'
import { t } from '../shared/words'
import type { Session } from './session'

/** Milliseconds. Shorter interruptions need not worry anybody. */
const SHOWN_AFTER = 2_500

/** Says that there is no network, and that no message is lost. */
export function LinkBar({ session }: { session: Session }) {
  const { link } = session
  const away = link === 'offline' || link === 'connecting'
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!away) return setShown(false)
    const timer = setTimeout(() => setShown(true), link === 'offline' ? 0 : SHOWN_AFTER)
    return () => clearTimeout(timer)
  }, [away, link])
  return (
    <div class="link-bar" role="status">
      {shown && away && <p>{t(link === 'offline' ? 'chat.offline' : 'chat.connecting')}</p>}
    </div>
  )
}
