import { useEffect } from 'preact/hooks'
import { DangerNote, useDanger } from '../shared/danger/note'
import { t } from '../shared/words'
import { Icon } from './icons'

interface Props {
  text: string
  /** The notice stays until the person closes it, even after the message was sent. */
  shown: boolean
  onShown(shown: boolean): void
}

/** Shows emergency numbers if the text speaks of danger. The message can be sent anyway. */
export function Danger({ text, shown, onShown }: Props) {
  const found = useDanger(text)
  useEffect(() => {
    if (found) onShown(true)
  }, [found])
  return (
    <div class="danger-panel">
      <DangerNote shown={shown} />
      {shown && (
        <button
          type="button"
          class="button icon-only"
          aria-label={t('close')}
          onClick={() => onShown(false)}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  )
}
