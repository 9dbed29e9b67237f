import { useState } from 'preact/hooks'
import { changePassword, openWithRecovery } from '../crypto'
import { parseRecoveryCode, recoverySignInKey } from '../crypto/recovery'
import type { Account, RecoveryWire } from '../crypto/types'
import { api } from '../shared/api'
import { Field, onTyped } from '../shared/field'
import { Heading } from '../shared/heading'
import { NICKNAME_UNITS } from '../shared/limits'
import { letIn, type Role } from '../shared/me'
import { explain } from '../shared/problems'
import { t, useLanguage } from '../shared/words'
import { NewPassword, type Weakness, weakness } from './new-password'
import type { OnOpened } from './open'
import { Submit } from './submit'
import { useSending } from './use-sending'
import { door, doorOf, RECOVER } from './which-door'

interface Recovered {
  nickname: string
  signInKey: string
  account: Account
  role: Role
}

/** For a forgotten password: nickname and recovery code open the account, then a new one is set. */
export function Recover({ onOpened }: { onOpened: OnOpened }) {
  useLanguage()
  const [recovered, setRecovered] = useState<Recovered>()
  return (
    <div class="sheet">
      {recovered ? (
        <Renew recovered={recovered} onOpened={onOpened} />
      ) : (
        <Prove onRecovered={setRecovered} />
      )}
    </div>
  )
}

function Prove({ onRecovered }: { onRecovered(recovered: Recovered): void }) {
  const [nickname, setNickname] = useState('')
  const [code, setCode] = useState('')
  const { busy, problem, send } = useSending(sayMistyped)
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => onRecovered(await recover(nickname, code)))
  }
  return (
    <form class="stack" onSubmit={submit}>
      <h1>{t('recover.title')}</h1>
      <p>{t('recover.how')}</p>
      <Field label={t('nickname')}>
        {(control) => (
          <input
            {...control}
            class="input"
            dir="auto"
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
      <Field label={t('code.label')} hint={t('recover.code-hint')}>
        {(control) => (
          <textarea
            {...control}
            class="input code-input"
            dir="ltr"
            rows={2}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            required
            maxLength={2_000}
            value={code}
            {...onTyped(setCode)}
          />
        )}
      </Field>
      <Submit
        busy={busy}
        problem={problem}
        words={t('continue')}
        busyWords={t('recover.looking')}
      />
      <details class="more">
        <summary>{t('recover.lost')}</summary>
        <p>{t('recover.lost-how')}</p>
        {door() === 'client' && <a href="/ask/">{t('sign-in.new')}</a>}
      </details>
      <nav class="door-links" aria-label={t('sign-in.else')}>
        {door() === 'client' ? (
          <a href={RECOVER.staff}>{t('sign-in.staff')}</a>
        ) : (
          <a href={RECOVER.client}>{t('sign-in.client')}</a>
        )}
      </nav>
    </form>
  )
}

function Renew({ recovered, onOpened }: { recovered: Recovered; onOpened: OnOpened }) {
  const [password, setPassword] = useState('')
  const [weak, setWeak] = useState<Weakness>()
  const { busy, problem, send } = useSending()
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const found = await weakness(password, recovered.nickname)
      setWeak(found)
      if (!found) await onOpened(await renew(recovered, password))
    })
  }
  return (
    <form class="stack" onSubmit={submit}>
      <Heading>{t('recover.new-title')}</Heading>
      <p>{t('recover.new-why')}</p>
      <input hidden name="username" autocomplete="username" value={recovered.nickname} readOnly />
      <NewPassword
        nickname={recovered.nickname}
        label={t('change.new')}
        value={password}
        onValue={setPassword}
        weak={weak}
      />
      <Submit
        busy={busy}
        problem={problem}
        words={t('recover.set')}
        busyWords={t('change.doing')}
      />
    </form>
  )
}

async function recover(nickname: string, typed: string): Promise<Recovered> {
  const code = parseRecoveryCode(typed)
  const signInKey = await recoverySignInKey(code)
  const answer = await api<RecoveryWire & { person: string; role: Role }>('POST', '/api/recovery', {
    nickname,
    door: door(),
    recovery_sign_in_key: signInKey,
  })
  const { person, role, ...wire } = answer
  return { nickname, signInKey, role, account: await openWithRecovery(person, code, wire) }
}

async function renew({ nickname, signInKey, account, role }: Recovered, password: string) {
  const wire = await changePassword(account, password, doorOf(role))
  const proof = { nickname, door: door(), recovery_sign_in_key: signInKey }
  return { account, me: await letIn('/api/recovery/password', { ...proof, ...wire }) }
}

function sayMistyped(error: unknown): string {
  const mistyped = error instanceof Error && error.name === 'RecoveryCodeError'
  return mistyped ? t('recover.mistyped') : explain(error)
}
