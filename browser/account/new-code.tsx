import { useState } from 'preact/hooks'
import { type Account, newRecovery } from '../crypto'
import { api } from '../shared/api'
import { Dialog } from '../shared/dialog'
import type { Me } from '../shared/me'
import { toast } from '../shared/toast'
import { t } from '../shared/words'
import { CurrentPassword } from '../sign-in/current-password'
import { RecoveryCode } from '../sign-in/recovery-code'
import { Submit } from '../sign-in/submit'
import { useSending } from '../sign-in/use-sending'
import { prove, sayWrong } from './proof'

interface Props {
  account: Account
  me: Me
  onClose(): void
}

type Made = Awaited<ReturnType<typeof newRecovery>> & { signInKey: string }

/** The old code stays valid until the person has seen and confirmed the new one. */
export function NewCode({ account, me, onClose }: Props) {
  const [password, setPassword] = useState('')
  const [made, setMade] = useState<Made>()
  const [confirmed, setConfirmed] = useState(false)
  const { busy, problem, send } = useSending(sayWrong)
  const make = async () => {
    const signInKey = await prove(password)
    setMade({ ...(await newRecovery(account)), signInKey })
  }
  const replace = async ({ keys, signInKey }: Made) => {
    await api('POST', '/api/recovery-code', { current_sign_in_key: signInKey, ...keys })
    toast(t('account.code-done'))
    onClose()
  }
  if (made && !confirmed) {
    const confirm = () => {
      setConfirmed(true)
      void send(() => replace(made))
    }
    return (
      <Dialog title={t('account.code-new')} onClose={onClose}>
        <RecoveryCode code={made.recoveryCode} onConfirmed={confirm} />
      </Dialog>
    )
  }
  const submit = (event: Event) => {
    event.preventDefault()
    void send(() => (made ? replace(made) : make()))
  }
  return (
    <Dialog title={t('account.code-new')} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        {made ? (
          <p>{t('account.code-not-yet')}</p>
        ) : (
          <>
            <p>{t('account.code-how')}</p>
            <CurrentPassword me={me} value={password} onValue={setPassword} />
          </>
        )}
        <Submit
          busy={busy}
          problem={problem}
          words={t(made ? 'again' : 'continue')}
          busyWords={t('change.doing')}
        />
      </form>
    </Dialog>
  )
}
