/** Explains errors in the person's language: what happened, what is safe, what to do next. */
import { Intercepted } from './answer'
import { ApiProblem, Offline } from './api'
import { t } from './words'

const KNOWN = new Set([
  'conflict',
  'forbidden',
  'gone',
  'nickname-taken',
  'no-room',
  'not-found',
  'signed-out',
  'stale-keys',
  'too-large',
  'wrong-credentials',
  'wrong-recovery-code',
])

/** By class name: signing in need not load the modules that define these errors. */
const BY_NAME: Readonly<Record<string, string>> = {
  CentreChanged: 'problem.centre-changed',
  CryptoFailure: 'problem.crypto',
  NotAClient: 'problem.staff',
}

export function explain(error: unknown): string {
  if (error instanceof Intercepted) {
    return t(error.status === 413 ? 'problem.too-large' : 'problem.intercepted')
  }
  if (error instanceof Offline) return t('problem.offline')
  if (error instanceof ApiProblem) return explainAnswer(error)
  const known = error instanceof Error && BY_NAME[error.name]
  return t(known || 'problem.unknown')
}

function explainAnswer({ type, retryAfter }: ApiProblem): string {
  if (type === 'too-many-attempts') {
    return t('problem.too-many-attempts', { count: Math.ceil((retryAfter ?? 60) / 60) })
  }
  return t(KNOWN.has(type) ? `problem.${type}` : 'problem.unavailable')
}

/** Reports a part of the program that could not be fetched as Offline, not as a fault. */
export async function fetched<T>(part: Promise<T>): Promise<T> {
  return part.catch((error: unknown) => {
    throw error instanceof TypeError ? new Offline(error.message) : error
  })
}
