import { useEffect, useRef } from 'preact/hooks'
import { t } from '../shared/words'
import { save } from './files'
import { Icon } from './icons'

interface Props {
  address: string
  name: string
  blob: Blob | undefined
  onClose(): void
}

/** A full-screen picture. Pinching zooms; Escape, Back and a tap beside the picture close it. */
export function Viewer({ address, name, blob, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const closing = useRef(false)
  // Going back takes a moment. A second press meanwhile must not go back twice.
  const close = () => {
    if (!closing.current) history.back()
    closing.current = true
  }
  useEffect(() => {
    dialog.current?.showModal()
    // Add a step to the history: on phones, people expect Back to close the picture.
    history.pushState({ ...history.state, viewer: true }, '')
    addEventListener('popstate', onClose)
    return () => {
      removeEventListener('popstate', onClose)
      if (history.state?.viewer) history.back()
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes the picture
    <dialog
      class="viewer"
      ref={dialog}
      aria-label={t('chat.a-picture')}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onClick={(event) => {
        if (!(event.target as Element).closest('img, button')) close()
      }}
    >
      <div class="viewer-bar">
        <button type="button" class="button icon-only" aria-label={t('close')} onClick={close}>
          <Icon name="close" />
        </button>
        {blob && (
          <button
            type="button"
            class="button icon-only"
            aria-label={t('chat.download')}
            onClick={() => save(blob, name)}
          >
            <Icon name="download" />
          </button>
        )}
      </div>
      <img src={address} alt={t('chat.a-picture')} />
    </dialog>
  )
}
