import type { ComponentChild, ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

export interface Control {
  id: string
  'aria-invalid': boolean
  'aria-describedby': string | undefined
}

interface Props {
  label: ComponentChildren
  hint?: string | undefined
  error?: string | undefined
  children(control: Control): ComponentChild
}

type Typed = (event: { currentTarget: { value: string } }) => void

/** Handlers of a text field. Some password managers fill it and fire only `change`. */
export function onTyped(take: (value: string) => void): { onInput: Typed; onChange: Typed } {
  const read: Typed = (event) => take(event.currentTarget.value)
  return { onInput: read, onChange: read }
}

/** A labelled control. Its hint and error are linked to it for screen readers. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId()
  const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {children({ id, 'aria-invalid': !!error, 'aria-describedby': about || undefined })}
    </div>
  )
}
