import { ApiProblem, api } from '../shared/api'
import { Field, onTyped } from '../shared/field'
import { NICKNAME_UNITS } from '../shared/limits'
import { t } from '../shared/words'

export type Name = 'free' | Refused | undefined
type Refused = 'taken' | 'length' | 'characters'

interface Props {
  value: string
  onValue(value: string): void
  hint: string
  state: Name
  onState(state: Name): void
}

/** A field for a new nickname. It shows whether the nickname is free when the person leaves it. */
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
            maxLength={NICKNAME_UNITS}
            value={value}
            {...onTyped((typed) => {
              if (typed !== value) onState(undefined)
              onValue(typed)
            })}
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

/** Asks the server, because only the server knows the rules for nicknames. */
export async function nicknameState(nickname: string): Promise<Name> {
  try {
    const { free } = await api<{ free: boolean }>('POST', '/api/nicknames/look', { nickname })
    return free ? 'free' : 'taken'
  } catch (error) {
    const refused = nicknameRefusal(error)
    if (!refused) throw error
    return refused
  }
}

/** What is wrong with the nickname, if a request was refused because of it. */
export function nicknameRefusal(error: unknown): Refused | undefined {
  if (!(error instanceof ApiProblem)) return undefined
  if (error.type === 'nickname-taken') return 'taken'
  const { fields } = error.body as { fields?: { at: string[]; what: string }[] }
  const field = fields?.find(({ at }) => at.at(-1) === 'nickname')
  if (!field) return undefined
  return /length|long/.test(field.what) ? 'length' : 'characters'
}
