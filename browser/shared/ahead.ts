/**
 * Requests the answers that the chat needs first, while its program is still being loaded. They may
 * be outdated when the chat starts: the event stream brings everything after their cursor.
 */
import { api } from './api'
import { PAGE } from './limits'

const coming = new Map<string, Promise<unknown>>()

/** Path of the newest messages; with `&before=` or `&after=` of those next to a number. */
export const messagesOf = (conversation: string) =>
  `/api/conversations/${conversation}/messages?limit=${PAGE}`

/** Requests the answers that a client's chat needs. */
export async function firstAnswers(): Promise<void> {
  try {
    const path = '/api/conversations'
    const { conversations } = await askAhead<{ conversations: { id: string }[] }>(path)
    const [first, ...others] = conversations
    // If there is only one conversation, the chat opens it at once.
    if (first && !others.length) await askAhead(messagesOf(first.id))
  } catch {
    // The chat will ask again itself and show the problem.
  }
}

function askAhead<T>(path: string): Promise<T> {
  const answer = api<T>('GET', path)
  coming.set(path, answer)
  answer.catch(() => coming.delete(path))
  return answer
}

/** Returns an early answer once; otherwise asks now. */
export function answerTo<T>(path: string): Promise<T> {
  const known = coming.get(path) as Promise<T> | undefined
  coming.delete(path)
  return known ?? api<T>('GET', path)
}
