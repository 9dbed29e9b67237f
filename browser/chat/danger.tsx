import { useEffect } from 'preact/hooks'
import { DangerNote, useDanger } from '../shared/danger/note'
import { t } from '../shared/words'
import { Icon } from './icons'

interface Props {
  text: string
  /** Stays until it is closed, also when the message has gone. */
  shown: boolean
  onShown(shown: boolean): void
}

/** Numbers of help while somebody writes of danger. The message goes out all the same. */
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
