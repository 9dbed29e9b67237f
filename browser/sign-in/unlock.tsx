import { useEffect, useState } from 'preact/hooks'
import { ApiProblem } from '../shared/api'
import { signOut } from '../shared/leaving'
import { explain } from '../shared/problems'
import { t } from '../shared/words'
import { openFromDevice } from './device'
import { type Lock, type OnOpened, unlock } from './open'
import { PasswordField } from './password-field'
import { Submit } from './submit'
import { useKeeping } from './use-keeping'
import { useSending } from './use-sending'
import { door } from './which-door'

/** Unlocks a session whose keys and secret were only in the memory of a page that is closed. */
export function UnlockForm({ lock, onOpened }: { lock: Lock; onOpened: OnOpened }) {
  const [password, setPassword] = useState('')
  const { keeps, choice, enter } = useKeeping(onOpened)
  const { busy, problem, send } = useSending(sayWrongPassword)
  const trying = useDeviceKey(lock, onOpened)
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => enter(await unlock(lock, password, await keeps())))
  }
  if (trying) return <p class="soft">{t('sign-in.opening')}</p>
  return (
    <form class="stack" onSubmit={submit}>
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

/** Returns `given` at once, and undefined after the server has said that the session has ended. */
export function useLock(given: Lock | undefined): Lock | undefined {
  const [lock, setLock] = useState(given)
  useEffect(() => {
    const ended = () => setLock(undefined)
    given?.ask().then(
      // A session of the other door cannot be unlocked here.
      (locked) => locked?.door === door() || ended(),
      () => undefined,
    )
    document.addEventListener('lotse:signed-out', ended)
    return () => document.removeEventListener('lotse:signed-out', ended)
  }, [given])
  return lock
}

/** Tries to open the account without the password. True while this takes. */
function useDeviceKey(lock: Lock, onOpened: OnOpened): boolean {
  const [trying, setTrying] = useState(true)
  useEffect(() => {
    const open = async () => {
      const opened = await openFromDevice(lock)
      if (opened) await onOpened(opened)
    }
    void open()
      .catch(() => undefined)
      .then(() => setTrying(false))
  }, [])
  return trying
}

function sayWrongPassword(error: unknown): string {
  const wrong = error instanceof ApiProblem && error.type === 'wrong-credentials'
  return wrong ? t('unlock.wrong') : explain(error)
}
