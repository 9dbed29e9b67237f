import type { Lack } from '../shared/capabilities'
import { t, useLanguage } from '../shared/words'

interface Props {
  lack?: Lack
  problem?: string
  onRetry?(): void
}

/** Explains why the page cannot start: the browser is too old, or loading failed. */
export function Stop({ lack, problem, onRetry }: Props) {
  useLanguage()
  return (
    <div class="sheet stack">
      <h1>{t(lack ? `stop.${lack}` : 'stop.title')}</h1>
      <p>{lack ? t(`stop.${lack}-why`) : problem}</p>
      {lack === 'browser' && (
        <ul role="list" class="chips">
          {['Chrome 109+', 'Edge 109+', 'Firefox 115+', 'Safari 16.4+'].map((name) => (
            <li class="chip" key={name} dir="ltr">
              {name}
            </li>
          ))}
        </ul>
      )}
      {onRetry && (
        <button type="button" class="button big" onClick={onRetry}>
          {t('again')}
        </button>
      )}
      <a class="button quiet" href="/help/">
        {t('emergency')}
      </a>
    </div>
  )
}
