// Loads one address of the server once, and tells whether loading failed.
import { useCallback, useEffect, useState } from 'preact/hooks'
import { api } from '../shared/api'

export interface Loaded<T> {
  value: T | null
  failed: boolean
  set(value: T): void
  again(): void
}

export function useLoaded<T>(path: string): Loaded<T> {
  const [value, set] = useState<T | null>(null)
  const [failed, setFailed] = useState(false)
  const again = useCallback(() => {
    setFailed(false)
    api<T>('GET', path).then(set, () => setFailed(true))
  }, [path])
  useEffect(again, [again])
  return { value, failed, set, again }
}
