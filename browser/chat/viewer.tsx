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

/** A picture over the whole screen. Pinching zooms it; Escape, Back and a tap beside it close it. */
export function Viewer({ address, name, blob, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const closing = useRef(false)
  // Through the history, and once: going back takes a moment, in which it could be pressed again.
  const close = () => {
    if (!closing.current) history.back()
    closing.current = true
  }
  useEffect(() => {
    dialog.current?.showModal()
    // A step of its own in the history: on phones, Back closes what was opened last.
    history.pushState({ ...history.state, viewer: true }, '')
    addEventListener('popstate', onClose)
    return () => {
      removeEventListener('popstate', onClose)
      if (history.state?.viewer) history.back()
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes by Escape
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
