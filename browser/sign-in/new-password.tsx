import { useEffect, useState } from 'preact/hooks'
import { normalForm } from '../crypto/normal-form'
import { suggestPassphrase } from '../crypto/passphrase'
import { copy } from '../shared/keep'
import { later } from '../shared/later'
import { PASSWORD_MIN } from '../shared/limits'
import { t } from '../shared/words'
import { PasswordField } from './password-field'

interface Props {
  value: string
  nickname: string
  onValue(value: string): void
  /** Set after an attempt to continue with a weak password. */
  weak?: Weakness | undefined
  label?: string
  /** Called when the person leaves the field or takes a suggestion: the password may be final. */
  onSettled?(value: string): void
}

export type Weakness = 'short' | 'simple' | 'nickname' | 'common'

/** Why the password is refused. Rejects if the list of common passwords cannot be loaded. */
export async function weakness(password: string, nickname: string): Promise<Weakness | undefined> {
  await needCommonPasswords()
  return weaknessSoFar(password, nickname)
}

const commonPasswordList = later(() => import('./common-passwords'))
let common: ReadonlySet<string> = new Set()

async function needCommonPasswords(): Promise<void> {
  common = (await commonPasswordList()).commonPasswords
}

function weaknessSoFar(password: string, nickname: string): Weakness | undefined {
  const chosen = normalForm(password)
  const folded = chosen.toLowerCase()
  if (missingIn(chosen) > 0) return 'short'
  if (new Set(chosen).size < 5 || /^(\d{2,4})\1+$|^0?123456789\d*$/.test(chosen)) return 'simple'
  if (folded === normalForm(nickname).toLowerCase()) return 'nickname'
  return common.has(folded) ? 'common' : undefined
}

const missingIn = (chosen: string): number => PASSWORD_MIN - [...chosen].length

/** A field for a new password, with a button that suggests a long one that is easy to say. */
export function NewPassword({ value, nickname, onValue, weak, label, onSettled }: Props) {
  const [offered, setOffered] = useState('')
  const missing = missingIn(normalForm(value))
  const now = weak && weaknessSoFar(value, nickname)
  useEffect(() => void needCommonPasswords().catch(() => undefined), [])
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
