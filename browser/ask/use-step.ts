import { useEffect, useRef, useState } from 'preact/hooks'

/**
 * Makes each step a history entry, so that a phone's Back button leads to the previous step and
 * does not leave the page, which would lose the question. From `last` there is no way back.
 */
export function useStep<Step extends string>(first: Step, last: Step) {
  const [step, setStep] = useState(first)
  const latest = useRef(step)
  latest.current = step
  useEffect(() => {
    const back = ({ state }: PopStateEvent) => {
      if (forgotten) return
      if (latest.current === last) history.pushState({ step: last, depth: depth() + 1 }, '')
      else setStep(state?.step ?? first)
    }
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  }, [first, last])
  return {
    step,
    go: (next: Step) => {
      history.pushState({ step: next, depth: depth() + 1 }, '')
      setStep(next)
    },
    /** Replaces this step by the next one in the history. */
    become: (next: Step) => {
      history.replaceState({ step: next, depth: depth() }, '')
      setStep(next)
    },
  }
}

let forgotten = false

/** Removes the steps from the history: Back in the chat must not show them again. */
export async function forgetSteps(): Promise<void> {
  forgotten = true
  if (!depth()) return
  const back = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }))
  history.go(-depth())
  await back
}

const depth = (): number => history.state?.depth ?? 0
