import { useEffect, useState } from 'preact/hooks'
import { warmUp } from '../crypto/worker'
import { Field, onTyped } from '../shared/field'
import { t } from '../shared/words'

interface Props {
  label: string
  value: string
  onValue(value: string): void
  /** Tells password managers which password this is. */
  use: 'current-password' | 'new-password'
  hint?: string | undefined
  error?: string | undefined
  /** Shows the password from the start, for suggestions. Change the `key` together with this. */
  readable?: boolean
  onLeave?(): void
}

const READABLE = { type: 'text' } as const
const HIDDEN = { type: 'password' } as const

export function PasswordField(props: Props) {
  const [readable, setReadable] = useState(props.readable ?? false)
  useEffect(warmUp, [])
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(control) => (
        <div class="with-button">
          <input
            {...control}
            class="input password"
            dir="ltr"
            name="password"
            {...(readable ? READABLE : HIDDEN)}
            autocomplete={props.use}
            autocapitalize="none"
            spellcheck={false}
            required
            maxLength={256}
            value={props.value}
            {...onTyped(props.onValue)}
            onBlur={props.onLeave}
          />
          <button
            type="button"
            class="button quiet"
            aria-controls={control.id}
            onClick={() => setReadable(!readable)}
          >
            {t(readable ? 'password.hide' : 'password.show')}
          </button>
        </div>
      )}
    </Field>
  )
}
