import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { t } from './words'

interface Props {
  title: string
  onClose(): void
  children: ComponentChildren
}

/** A modal window. Escape, the backdrop and the close button all end in `onClose`. */
export function Dialog({ title, onClose, children }: Props) {
  const element = useRef<HTMLDialogElement>(null)
  const gone = useRef(false)
  const heading = useId()
  useEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    return () => {
      gone.current = true
      // Closing gives the focus back to whatever had opened the window.
      dialog?.close()
    }
  }, [])
  // A window whose place another one takes is told that it has closed, too.
  const close = () => gone.current || onClose()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes by Escape
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
