import { useState } from 'preact/hooks'
import { api } from '../shared/api'
import { Dialog } from '../shared/dialog'
import { leaveErased } from '../shared/leaving'
import type { Me } from '../shared/me'
import { t } from '../shared/words'
import { CurrentPassword } from '../sign-in/current-password'
import { Submit } from '../sign-in/submit'
import { useSending } from '../sign-in/use-sending'
import { prove, sayWrong } from './proof'

interface Props {
  me: Me
  onClose(): void
}

/** Two steps: first say what is deleted for good, then ask for the password. */
export function DeleteAccount(props: Props) {
  const [sure, setSure] = useState(false)
  return (
    <Dialog title={t('account.delete')} onClose={props.onClose}>
      {sure ? <Last key="last" {...props} /> : <First {...props} onSure={() => setSure(true)} />}
    </Dialog>
  )
}

function First({ onClose, onSure }: Props & { onSure(): void }) {
  return (
    <>
      <p>{t('account.delete-what')}</p>
      <ul class="plain-list">
        {['messages', 'answers', 'name', 'device'].map((what) => (
          <li key={what}>{t(`account.delete-${what}`)}</li>
        ))}
      </ul>
      <p class="notice warn">{t('account.delete-for-good')}</p>
      <div class="bar dialog-actions">
        <button type="button" class="button quiet" onClick={onSure}>
          {t('continue')}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {t('account.delete-not')}
        </button>
      </div>
    </>
  )
}

function Last({ me, onClose }: Props) {
  const [password, setPassword] = useState('')
  const { busy, problem, send } = useSending(sayWrong)
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const key = await prove(password)
      await api('POST', '/api/account/erasure', { current_sign_in_key: key })
      await leaveErased(me.person)
    })
  }
  return (
    <form class="stack" onSubmit={submit}>
      <p>{t('account.delete-prove')}</p>
      <CurrentPassword me={me} value={password} onValue={setPassword} />
      <Submit
        busy={busy}
        problem={problem}
        words={t('account.delete-now')}
        busyWords={t('account.deleting')}
        danger
      />
      <button type="button" class="button quiet wide" onClick={onClose}>
        {t('account.delete-not')}
      </button>
    </form>
  )
}
