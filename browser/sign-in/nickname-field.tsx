import { api } from '../shared/api'
import { Field } from '../shared/field'
import { NICKNAME_MAX, NICKNAME_MIN } from '../shared/limits'
import { t } from '../shared/words'

export type Name = 'free' | 'taken' | 'length' | undefined

interface Props {
  value: string
  onValue(value: string): void
  hint: string
  state: Name
  onState(state: Name): void
}

/** A nickname to choose; whether it is free shows when the field is left. */
export function NicknameField({ value, onValue, hint, state, onState }: Props) {
  const error = state && state !== 'free' ? t(`choose.nickname-${state}`) : undefined
  return (
    <Field label={t('nickname')} hint={hint} error={error}>
      {(control) => (
        <>
          <input
            {...control}
            class="input"
            dir="auto"
            name="username"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            maxLength={NICKNAME_MAX}
            value={value}
            onInput={(event) => {
              onState(undefined)
              onValue(event.currentTarget.value)
            }}
            onBlur={() => value && void nicknameState(value).then(onState, () => undefined)}
          />
          <span class="good small" aria-live="polite">
            {state === 'free' && t('choose.nickname-free')}
          </span>
        </>
      )}
    </Field>
  )
}

export async function nicknameState(nickname: string): Promise<Name> {
  const length = [...nickname.trim()].length
  if (length < NICKNAME_MIN || length > NICKNAME_MAX) return 'length'
  const path = `/api/nicknames/${encodeURIComponent(nickname.trim())}`
  return (await api<{ free: boolean }>('GET', path)).free ? 'free' : 'taken'
}
