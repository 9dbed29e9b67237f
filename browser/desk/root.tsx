// The desk's root: shows loading, a failure, or the workplace.
import { useEffect, useState } from 'preact/hooks'
import type { Account } from '../crypto'
import { useChanges } from '../shared/changes'
import type { Me } from '../shared/me'
import { explain } from '../shared/problems'
import { t, useLanguage } from '../shared/words'
import { CoordinatorDesk } from './coordinator-desk'
import { CounsellorDesk } from './counsellor-desk'
import { type Desk, DeskContext } from './desk'
import { loadChoices, openDesk } from './open-desk'

interface Props {
  account: Account
  me: Me
}

export function Root({ account, me }: Props) {
  useLanguage()
  if (!me.counsellor) return <CoordinatorDesk account={account} me={me} />
  return <Workplace account={account} me={me} />
}

function Workplace({ account, me }: Props) {
  const language = useLanguage()
  const [desk, setDesk] = useState<Desk | null>(null)
  const [problem, setProblem] = useState('')
  const open = () => {
    setProblem('')
    openDesk(account, me).then(setDesk, (error) => setProblem(explain(error)))
  }
  useEffect(open, [])
  useEffect(() => {
    if (desk)
      loadChoices().then(
        (choices) => setDesk({ ...desk, choices }),
        () => undefined,
      )
  }, [language])
  if (problem) return <Trouble problem={problem} onAgain={open} />
  if (!desk) return <Opening />
  return (
    <DeskContext.Provider value={desk}>
      <Arrivals desk={desk} />
      <CounsellorDesk />
    </DeskContext.Provider>
  )
}

function Opening() {
  return (
    <div class="desk-wait" role="status">
      <span class="spinner" aria-hidden="true" />
      <span>{t('desk.opening')}</span>
    </div>
  )
}

function Trouble({ problem, onAgain }: { problem: string; onAgain(): void }) {
  return (
    <div class="desk-empty" role="alert">
      <p>{problem}</p>
      <button type="button" class="button" onClick={onAgain}>
        {t('desk.again')}
      </button>
    </div>
  )
}

/** Tells screen readers about new cases, and counts them in the tab's title. */
function Arrivals({ desk: { cases } }: { desk: Desk }) {
  useChanges(cases)
  const [said, say] = useState('')
  const count = cases.of('new').length
  const language = useLanguage()
  useEffect(() => {
    cases.onNew = () => say(t('desk.new-arrived'))
  }, [cases])
  useEffect(() => {
    const title = `${t('desk.navigation')} – Lotse`
    document.title = count ? `(${count}) ${title}` : title
  }, [count, language])
  return (
    <p class="visually-hidden" role="status">
      {said && `${said} ${t('desk.waiting-count', { count })}`}
    </p>
  )
}
