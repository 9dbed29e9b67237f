import { useEffect, useState } from 'preact/hooks'

/** The time, updated regularly so that "2 minutes ago" stays true. */
export function useNow(every = 30_000): number {
  const [now, set] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}
