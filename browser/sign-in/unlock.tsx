import { useEffect, useState } from 'preact/hooks'
import { signOut } from '../shared/leaving'
import type { Me } from '../shared/me'
import { explain } from '../shared/problems'
import { t } from '../shared/words'
import { openFromDevice } from './device'
import { type OnOpened, unlock, WrongPassword } from './open'
import { PasswordField } from './password-field'
import { Submit } from './submit'
import { useKeeping } from './use-keeping'
import { useSending } from './use-sending'

/** The session goes on, but the keys were only in the memory of a page that is gone. */
export function UnlockForm({ me, onOpened }: { me: Me; onOpened: OnOpened }) {
  const [password, setPassword] = useState('')
  const { choice, enter } = useKeeping(onOpened)
  const { busy, problem, send } = useSending(sayWrongPassword)
  const trying = useDeviceKey(me, onOpened)
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => enter(await unlock(me, password)))
  }
  if (trying) return <p class="soft">{t('sign-in.opening')}</p>
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
      {choice}
      <Submit busy={busy} problem={problem} words={t('unlock')} busyWords={t('sign-in.opening')} />
      <button type="button" class="button quiet wide" onClick={signOut}>
        {t('unlock.else')}
      </button>
    </form>
  )
}

/** Whether it is still being tried to open the account without the password. */
function useDeviceKey(me: Me, onOpened: OnOpened): boolean {
  const [trying, setTrying] = useState(true)
  useEffect(() => {
    const open = async () => {
      const account = await openFromDevice(me)
      if (account) await onOpened({ me, account })
    }
    void open()
      .catch(() => undefined)
      .then(() => setTrying(false))
  }, [])
  return trying
}

function sayWrongPassword(error: unknown): string {
  return error instanceof WrongPassword ? t('unlock.wrong') : explain(error)
}
