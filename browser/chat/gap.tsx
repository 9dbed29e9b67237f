import { t } from '../shared/words'
import { Icon } from './icons'

/** Between messages: one that somebody had seen did not arrive. What that means, one tap away. */
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
