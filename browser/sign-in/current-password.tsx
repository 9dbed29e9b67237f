import type { Me } from '../shared/me'
import { t } from '../shared/words'
import { PasswordField } from './password-field'

interface Props {
  me: Me
  value: string
  onValue(value: string): void
}

/** Asks a signed-in person for the password again. The hidden field helps password managers. */
export function CurrentPassword({ me, value, onValue }: Props) {
  return (
    <>
      <input hidden name="username" autocomplete="username" value={me.nickname} readOnly />
      <PasswordField
        label={t('change.current')}
        use="current-password"
        value={value}
        onValue={onValue}
      />
    </>
  )
}
