// Shown by a page while it loads, or if loading failed.
import type { ComponentChild } from 'preact'
import { t } from '../shared/words'
import type { Loaded } from './use-loaded'

export function WhenLoaded<T>(props: { from: Loaded<T>; children(value: T): ComponentChild }) {
  const { from, children } = props
  if (from.value !== null) return <>{children(from.value)}</>
  if (from.failed) return <Failed onAgain={from.again} />
  return (
    <div class="desk-wait" role="status">
      <span class="spinner" aria-hidden="true" />
      <span class="visually-hidden">{t('desk.loading')}</span>
    </div>
  )
}

export function Failed({ onAgain }: { onAgain(): void }) {
  return (
    <div class="desk-empty" role="alert">
      <p>{t('desk.load-failed')}</p>
      <button type="button" class="button quiet" onClick={onAgain}>
        {t('desk.again')}
      </button>
    </div>
  )
}
