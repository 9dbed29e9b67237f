import { useEffect, useState } from 'preact/hooks'
import { ApiProblem } from '../shared/api'
import { signOut } from '../shared/leaving'
import { explain } from '../shared/problems'
import { t, useLanguage } from '../shared/words'
import type { Lock, Opened } from '../sign-in/open'
import { type Asked, find } from './asked'
import { Steps } from './steps'

interface Props {
  query: URLSearchParams
  lock: Lock | undefined
  onOpened(opened: Opened, conversation?: string): Promise<void>
}

/** The first question, on one page. Typed text leaves the page's memory only sealed. */
export function Ask({ query, lock, onOpened }: Props) {
  useLanguage()
  const [asked, setAsked] = useState<Asked>()
  const [problem, setProblem] = useState<unknown>()
  const [attempt, setAttempt] = useState(0)
  const [isStaff, setStaff] = useState(false)
  useEffect(() => {
    setProblem(undefined)
    find(query).then(setAsked, setProblem)
  }, [query, attempt])

  useEffect(() => {
    // Staff see a link to the desk: to ask a question they need a separate nickname.
    lock?.ask().then(
      (locked) => setStaff(locked?.door === 'staff'),
      () => undefined,
    )
  }, [lock])

  if (isStaff) return <Staff />
  if (problem) return <NotFound problem={problem} onRetry={() => setAttempt(attempt + 1)} />
  if (!asked) return <Loading />
  if (!asked.hasKeys) return <NotYet asked={asked} />
  return <Steps asked={asked} lock={lock} onOpened={onOpened} />
}

function Loading() {
  return (
    <div class="sheet stack" role="status">
      <span class="visually-hidden">{t('loading')}</span>
      <div class="skeleton line" />
      <div class="skeleton box" />
    </div>
  )
}

/** Shown if the centre has no keys yet: nobody there could read a question. */
function NotYet({ asked }: { asked: Asked }) {
  return (
    <div class="sheet stack">
      <h1>{t('ask.not-yet')}</h1>
      <p>{t('ask.not-yet-why', { centre: asked.centre.name })}</p>
      <a class="button big" href="/ask/">
        {t('ask.choose-other')}
      </a>
    </div>
  )
}

function NotFound({ problem, onRetry }: { problem: unknown; onRetry(): void }) {
  const gone = problem instanceof ApiProblem && problem.status < 500
  return (
    <div class="sheet stack">
      <h1>{t(gone ? 'ask.gone' : 'stop.title')}</h1>
      <p>{gone ? t('ask.gone-why') : explain(problem)}</p>
      {gone ? (
        <a class="button big" href="/ask/">
          {t('ask.choose-other')}
        </a>
      ) : (
        <button type="button" class="button big" onClick={onRetry}>
          {t('again')}
        </button>
      )}
    </div>
  )
}

function Staff() {
  return (
    <div class="sheet stack">
      <h1>{t('ask.staff')}</h1>
      <p>{t('ask.staff-why')}</p>
      <a class="button big" href="/desk/">
        {t('ask.to-desk')}
      </a>
      <button type="button" class="button quiet" onClick={signOut}>
        {t('sign-out')}
      </button>
    </div>
  )
}
