import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { toast } from './toast'
import { t } from './words'

/**
 * A component whose code is fetched when it is first drawn; nothing is drawn until then. `asked`
 * for, its absence is told.
 */
export function lazy<P extends object>(
  load: () => Promise<ComponentType<P>>,
  asked = true,
): ComponentType<P> {
  let loaded: ComponentType<P> | undefined
  return function Lazy(props: P) {
    const [Part, setPart] = useState(() => loaded)
    useEffect(() => {
      if (loaded) return
      const arrived = (part: ComponentType<P>) => {
        loaded = part
        setPart(() => part)
      }
      const attempt = () => void load().then(arrived, () => asked && toast(t('problem.offline')))
      attempt()
      addEventListener('online', attempt)
      return () => removeEventListener('online', attempt)
    }, [])
    return Part ? <Part {...props} /> : null
  }
}
