import { useState } from 'preact/hooks'
import { signOut } from '../shared/leaving'
import type { Me } from '../shared/me'
import { explain } from '../shared/problems'
import { t } from '../shared/words'
import { type OnOpened, unlock, WrongPassword } from './open'
import { PasswordField } from './password-field'
import { Submit } from './submit'
import { useSending } from './use-sending'

/** The session goes on, but the keys were only in the memory of a page that is gone. */
export function UnlockForm({ me, onOpened }: { me: Me; onOpened: OnOpened }) {
  const [password, setPassword] = useState('')
  const { busy, problem, send } = useSending(sayWrongPassword)
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => onOpened(await unlock(me, password)))
  }
  return (
    <form class="stack" onSubmit={submit}>
      {/* Tells password managers whose password is asked for. */}
      <input hidden name="username" autocomplete="username" value={me.nickname} readOnly />
      <PasswordField
        label={t('password')}
        use="current-password"
        value={password}
        onValue={setPassword}
      />
      <Submit busy={busy} problem={problem} words={t('unlock')} busyWords={t('sign-in.opening')} />
      <button type="button" class="button quiet wide" onClick={signOut}>
        {t('unlock.else')}
      </button>
    </form>
  )
}

function sayWrongPassword(error: unknown): string {
  return error instanceof WrongPassword ? t('unlock.wrong') : explain(error)
}
