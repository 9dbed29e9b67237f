import { useEffect, useState } from 'preact/hooks'
import { createAccount } from '../crypto'
import type { Account } from '../crypto/types'
import { ApiProblem, api } from '../shared/api'
import { guard } from '../shared/leaving'
import { letIn, type Role } from '../shared/me'
import { explain } from '../shared/problems'
import { language, t, useLanguage } from '../shared/words'
import { type Colleague, JoinForm } from './join-form'
import { type Name, nicknameRefusal } from './nickname-field'
import type { OnOpened } from './open'
import { RecoveryCode } from './recovery-code'
import { Submit } from './submit'
import { useSending } from './use-sending'
import { SIGN_IN } from './which-door'

export interface Offer {
  role: Role
  centre: { id: string; name: string } | null
  organisation_name: string
  languages: string[]
}

interface Made {
  account: Account
  keys: object
  recoveryCode: string
}

const NOBODY: Colleague = { name: '', nickname: '', password: '', languages: [] }

/** For a colleague with a one-time link. Afterwards, the desk founds the centre's keys or waits. */
export function Join({ token, onOpened }: { token: string; onOpened: OnOpened }) {
  useLanguage()
  const [offer, setOffer] = useState<Offer>()
  const [problem, setProblem] = useState<unknown>()
  const [colleague, setColleague] = useState(NOBODY)
  const [person] = useState(() => crypto.randomUUID())
  const [made, setMade] = useState<Made>()
  const [kept, setKept] = useState(false)
  const [refused, setRefused] = useState<Name>()
  useEffect(() => {
    api<Offer>('POST', '/api/invitations/look', { token }).then(setOffer, setProblem)
  }, [token])
  useEffect(() => (made ? guard() : undefined), [made])

  const make = async () => setMade(await createAccount(person, colleague.password, 'staff'))
  const join = async () => {
    if (!made) return
    const { nickname, name, languages } = colleague
    const told = { token, person, nickname, name, languages, language: language() }
    const me = await letIn('/api/join', { ...told, keys: made.keys })
    await onOpened({ account: made.account, me })
  }
  const refuse = (why: Name) => {
    setRefused(why)
    setMade(undefined)
  }
  if (problem) return <Refused problem={problem} />
  if (!offer) return <p class="sheet">{t('loading')}</p>
  return (
    <div class="sheet wide">
      {!made && (
        <JoinForm
          offer={offer}
          colleague={colleague}
          refused={refused}
          onColleague={setColleague}
          onDone={make}
        />
      )}
      {made && !kept && <RecoveryCode code={made.recoveryCode} onConfirmed={() => setKept(true)} />}
      {made && kept && <Last join={join} onRefused={refuse} />}
    </div>
  )
}

interface LastProps {
  join(): Promise<void>
  onRefused(refused: Name): void
}

function Last({ join, onRefused }: LastProps) {
  const { busy, problem, send } = useSending((error) => {
    const refused = nicknameRefusal(error)
    if (refused) onRefused(refused)
    return explain(error)
  })
  useEffect(() => void send(join), [])
  const submit = (event: Event) => {
    event.preventDefault()
    void send(join)
  }
  return (
    <form class="stack" onSubmit={submit}>
      <h1>{t('join.joining')}</h1>
      <Submit busy={busy} problem={problem} words={t('again')} busyWords={t('join.joining')} />
    </form>
  )
}

function Refused({ problem }: { problem: unknown }) {
  const gone = problem instanceof ApiProblem && [404, 410, 422].includes(problem.status)
  return (
    <div class="sheet stack">
      <h1>{t(gone ? 'join.gone' : 'stop.title')}</h1>
      <p>{gone ? t('join.gone-why') : explain(problem)}</p>
      {gone ? (
        <a class="button" href={SIGN_IN.staff}>
          {t('sign-in')}
        </a>
      ) : (
        <button type="button" class="button" onClick={() => location.reload()}>
          {t('again')}
        </button>
      )}
    </div>
  )
}
