import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { insist } from './later'
import { t } from './words'

/**
 * A component whose code is fetched when it is first drawn. If loading fails, a message stands in
 * its place, with a close button if the component has `onClose`. `quiet` components show nothing.
 */
export function lazy<M, P extends object>(
  load: () => Promise<M>,
  pick: (module: M) => ComponentType<P>,
  quiet = false,
): ComponentType<P> {
  let loaded: ComponentType<P> | undefined
  return function Lazy(props: P) {
    const [Part, setPart] = useState(() => loaded)
    const [missing, setMissing] = useState(false)
    useEffect(() => {
      if (loaded) return
      const gone = new AbortController()
      const arrived = (module: M) => {
        loaded = pick(module)
        if (!gone.signal.aborted) setPart(() => loaded)
      }
      insist(load, gone.signal, () => setMissing(true)).then(arrived, () => undefined)
      return () => gone.abort()
    }, [])
    if (Part) return <Part {...props} />
    return missing && !quiet ? <Missing onClose={closing(props)} /> : null
  }
}

function closing(props: object): (() => void) | undefined {
  return 'onClose' in props ? (props.onClose as () => void) : undefined
}

function Missing({ onClose }: { onClose: (() => void) | undefined }) {
  return (
    <p class="part-missing soft small" role="status">
      {t('part.missing')}
      {onClose && (
        <button type="button" class="button" onClick={onClose}>
          {t('close')}
        </button>
      )}
    </p>
  )
}
