import { useState } from 'preact/hooks'
import { Field, onTyped } from '../shared/field'
import { NICKNAME_UNITS } from '../shared/limits'
import { t } from '../shared/words'
import { type OnOpened, signIn } from './open'
import { PasswordField } from './password-field'
import { Submit } from './submit'
import { useKeeping } from './use-keeping'
import { useSending } from './use-sending'

/** Asks for nickname and password. `onOpened` opens the next page. */
export function SignInForm({ onOpened }: { onOpened: OnOpened }) {
  const [nickname, setNickname] = useState('')
  const [password, setPassword] = useState('')
  const { keeps, choice, enter } = useKeeping(onOpened)
  const { busy, problem, send } = useSending()
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => enter(await signIn(nickname, password, await keeps())))
  }
  return (
    <form class="stack" onSubmit={submit}>
      <Field label={t('nickname')}>
        {(control) => (
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
            value={nickname}
            {...onTyped(setNickname)}
          />
        )}
      </Field>
      <PasswordField
        label={t('password')}
        use="current-password"
        value={password}
        onValue={setPassword}
      />
      {choice}
      <Submit busy={busy} problem={problem} words={t('sign-in')} busyWords={t('sign-in.opening')} />
    </form>
  )
}
