import { useState } from 'preact/hooks'
import { changePassword } from '../crypto'
import { derive } from '../crypto/password'
import type { Account } from '../crypto/types'
import { ApiProblem, api } from '../shared/api'
import { Dialog } from '../shared/dialog'
import type { Me } from '../shared/me'
import { explain } from '../shared/problems'
import { toast } from '../shared/toast'
import { t, useWords } from '../shared/words'
import { CurrentPassword } from './current-password'
import { NewPassword, type Weakness, weakness } from './new-password'
import { Submit } from './submit'
import { useSending } from './use-sending'
import { doorOf } from './which-door'

interface Props {
  account: Account
  me: Me
  onClose(): void
}

/** For the menus of chat and desk. The server signs out all other devices, but not this one. */
export function ChangePassword({ account, me, onClose }: Props) {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [weak, setWeak] = useState<Weakness>()
  const ready = useWords('account')
  const { busy, problem, send } = useSending(sayWrong)
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const found = await weakness(password, me.nickname)
      setWeak(found)
      if (found) return
      await change(account, current, password)
      toast(t('change.done'))
      onClose()
    })
  }
  if (!ready) return null
  return (
    <Dialog title={t('change.title')} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        <CurrentPassword me={me} value={current} onValue={setCurrent} />
        <NewPassword
          nickname={me.nickname}
          label={t('change.new')}
          value={password}
          onValue={setPassword}
          weak={weak}
        />
        <p class="soft small">{t('change.others')}</p>
        <Submit
          busy={busy}
          problem={problem}
          words={t('change.do')}
          busyWords={t('change.doing')}
        />
      </form>
    </Dialog>
  )
}

function sayWrong(error: unknown): string {
  const wrong = error instanceof ApiProblem && error.type === 'wrong-credentials'
  return wrong ? t('change.wrong') : explain(error)
}

async function change(account: Account, current: string, password: string): Promise<void> {
  // Ask again: another device may have changed the password since this page was opened.
  const { keys, role } = await api<Me>('GET', '/api/me')
  const { signInKey } = await derive(current, keys, doorOf(role))
  const wire = await changePassword(account, password, doorOf(role))
  await api('POST', '/api/password', { current_sign_in_key: signInKey, ...wire })
}
