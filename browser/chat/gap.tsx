import { t } from '../shared/words'
import { Icon } from './icons'

/** Stands between messages if one that somebody had seen is missing. A tap explains it. */
export function Gap() {
  return (
    <li class="gap-line">
      <details>
        <summary>
          <Icon name="alert" />
          {t('chat.gap')}
        </summary>
        <p>{t('chat.gap-why')}</p>
      </details>
    </li>
  )
}
