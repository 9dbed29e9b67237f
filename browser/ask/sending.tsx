import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { CentreChanged } from '../crypto/failure'
import { KeysChanged } from '../safety/lazy'
import { Offline } from '../shared/api'
import { Heading } from '../shared/heading'
import { explain } from '../shared/problems'
import { t } from '../shared/words'
import { STAGES, type Stage } from './journey'

interface Props {
  /** The centre's name. */
  name: string
  send(tell: (stage: Stage) => void): Promise<void>
  onFailed(error: unknown): void
  onSent(): Promise<void>
}

const AGAIN_AFTER = 5_000

/** Sends the question and shows its progress. It retries by itself when the network returns. */
export function Sending({ name, send, onFailed, onSent }: Props) {
  const [stage, setStage] = useState<Stage>('account')
  const [sent, setSent] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const running = useRef(false)

  const run = useCallback(async () => {
    if (running.current) return
    running.current = true
    setProblem(undefined)
    try {
      await send(setStage)
      setSent(true)
      await onSent()
    } catch (error) {
      setProblem(error)
      onFailed(error)
    } finally {
      running.current = false
    }
  }, [send, onFailed, onSent])
  const latest = useRef(run)
  latest.current = run

  useEffect(() => void latest.current(), [])
  useEffect(() => {
    if (!(problem instanceof Offline)) return
    const again = () => void latest.current()
    const timer = setTimeout(again, AGAIN_AFTER)
    addEventListener('online', again)
    return () => {
      clearTimeout(timer)
      removeEventListener('online', again)
    }
  }, [problem])

  if (problem instanceof CentreChanged) {
    return <KeysChanged change={problem} name={name} asks="centre" onAccepted={run} />
  }
  return (
    <section class="stack">
      <Heading>{t(sent ? 'ask.sent' : 'ask.sending')}</Heading>
      <ol role="list" class="stages">
        {STAGES.map((each, index) => {
          const done = sent || index < STAGES.indexOf(stage)
          return (
            <li key={each} class={done ? 'done' : each === stage ? 'now' : ''}>
              <Mark done={done} busy={each === stage && !problem} />
              {t(`ask.stage-${each}`)}
            </li>
          )
        })}
      </ol>
      <div role="status" class="visually-hidden">
        {t(sent ? 'ask.sent' : `ask.stage-${stage}`)}
      </div>
      <div role="alert">
        {problem !== undefined && (
          <p class="notice danger">
            {explain(problem)} {t(sent ? 'ask.sent-safe' : 'ask.kept')}
          </p>
        )}
      </div>
      {problem !== undefined && (
        <button type="button" class="button big wide" onClick={run}>
          {t('again')}
        </button>
      )}
    </section>
  )
}

function Mark({ done, busy }: { done: boolean; busy: boolean }) {
  return (
    <span class="mark" aria-hidden="true">
      {done ? '✓' : busy && <span class="spinner small" />}
    </span>
  )
}
