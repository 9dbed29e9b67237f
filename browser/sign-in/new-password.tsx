import { useState } from 'preact/hooks'
import { suggestPassphrase } from '../crypto/passphrase'
import { copy } from '../shared/keep'
import { PASSWORD_MIN } from '../shared/limits'
import { t } from '../shared/words'
import { PasswordField } from './password-field'

interface Props {
  value: string
  nickname: string
  onValue(value: string): void
  /** Set after an attempt to go on with it. */
  weak?: Weakness | undefined
  label?: string
  /** The field was left or a suggestion was taken: the password may be final. */
  onSettled?(value: string): void
}

export type Weakness = 'short' | 'simple' | 'nickname'

export function weakness(password: string, nickname: string): Weakness | undefined {
  if ([...password].length < PASSWORD_MIN) return 'short'
  if (new Set(password).size < 5 || /^(\d{2,4})\1+$|^0?123456789\d*$/.test(password))
    return 'simple'
  return password.toLowerCase() === nickname.trim().toLowerCase() ? 'nickname' : undefined
}

/** A password to choose, or one that is offered: long, and sayable in any language. */
export function NewPassword({ value, nickname, onValue, weak, label, onSettled }: Props) {
  const [offered, setOffered] = useState('')
  const missing = PASSWORD_MIN - [...value].length
  const now = weak && weakness(value, nickname)
  const offer = () => {
    const passphrase = suggestPassphrase()
    setOffered(passphrase)
    onValue(passphrase)
    onSettled?.(passphrase)
  }
  return (
    <div class="stack tight">
      <PasswordField
        key={offered}
        label={label ?? t('password')}
        use="new-password"
        value={value}
        onValue={onValue}
        readable={!!offered}
        hint={t('choose.hint', { count: PASSWORD_MIN })}
        error={
          weak && weak === now ? t(`choose.${weak}`, { count: Math.max(missing, 1) }) : undefined
        }
        {...(onSettled && { onLeave: () => onSettled(value) })}
      />
      <div class="bar wrap">
        <button type="button" class="button quiet" onClick={offer}>
          {t(offered ? 'choose.offer-other' : 'choose.offer')}
        </button>
        {offered && value === offered && (
          <button type="button" class="button quiet" onClick={() => copy(value)}>
            {t('copy')}
          </button>
        )}
        <Length missing={missing} typed={value !== ''} />
      </div>
      {offered && value === offered && (
        <div class="notice">
          <p>
            {t('choose.write-down')}
            <bdi class="passphrase" dir="ltr" translate={false}>
              {offered}
            </bdi>
          </p>
        </div>
      )}
    </div>
  )
}

function Length({ missing, typed }: { missing: number; typed: boolean }) {
  const words = missing > 0 ? t('choose.missing', { count: missing }) : t('choose.enough')
  return (
    <span class={missing > 0 ? 'soft small' : 'good small'} aria-live="polite">
      {typed && words}
    </span>
  )
}
