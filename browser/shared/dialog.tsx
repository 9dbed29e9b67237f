import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { t } from './words'

interface Props {
  title: string
  onClose(): void
  children: ComponentChildren
}

/** A modal dialog. Escape, the backdrop and the close button call `onClose`. */
export function Dialog({ title, onClose, children }: Props) {
  const element = useRef<HTMLDialogElement>(null)
  const gone = useRef(false)
  const heading = useId()
  useEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    return () => {
      gone.current = true
      // close() returns the focus to the element that had it before.
      dialog?.close()
    }
  }, [])
  // A dialog that was removed from the page fires `close`, too. That must not call `onClose`.
  const close = () => gone.current || onClose()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes the dialog
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={heading}
      onClose={close}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div class="stack">
        <div class="bar dialog-head">
          <h2 id={heading}>{title}</h2>
          <button type="button" class="button icon-only" aria-label={t('close')} onClick={onClose}>
            ✕
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
