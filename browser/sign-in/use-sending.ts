import { useRef, useState } from 'preact/hooks'
import { explain } from '../shared/problems'

/** `send` runs one request at a time. If it fails, `problem` says in words what went wrong. */
export function useSending(say: (error: unknown) => string = explain) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const running = useRef(false)
  const send = async (work: () => Promise<void>) => {
    if (running.current) return
    running.current = true
    setBusy(true)
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      setProblem(say(error))
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  return { busy, problem, send }
}
