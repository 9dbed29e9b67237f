/**
 * Answers that are wanted as soon as the account is open, asked for while the password is typed.
 * They may be old by then; what happened since comes by the event stream, from their cursor on.
 */
import { api } from './api'
import { PAGE } from './limits'

const coming = new Map<string, Promise<unknown>>()

/** The newest messages of a conversation; with `&before=` or `&after=` those beside a number. */
export const messagesOf = (conversation: string) =>
  `/api/conversations/${conversation}/messages?limit=${PAGE}`

export function askAhead<T>(path: string): Promise<T> {
  const answer = api<T>('GET', path)
  coming.set(path, answer)
  answer.catch(() => coming.delete(path))
  return answer
}

/** What was asked ahead, once; else asks now. */
export function answerTo<T>(path: string): Promise<T> {
  const known = coming.get(path) as Promise<T> | undefined
  coming.delete(path)
  return known ?? api<T>('GET', path)
}
