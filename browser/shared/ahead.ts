/**
 * Answers that the chat wants first, asked for while its program is on its way. They may be old by
 * then; what happened since comes by the event stream, from their cursor on.
 */
import { api } from './api'
import { PAGE } from './limits'

const coming = new Map<string, Promise<unknown>>()

/** The newest messages of a conversation; with `&before=` or `&after=` those beside a number. */
export const messagesOf = (conversation: string) =>
  `/api/conversations/${conversation}/messages?limit=${PAGE}`

/** A client's. */
export async function firstAnswers(): Promise<void> {
  try {
    const path = '/api/conversations'
    const { conversations } = await askAhead<{ conversations: { id: string }[] }>(path)
    const [first, ...others] = conversations
    // The only one is opened at once.
    if (first && !others.length) await askAhead(messagesOf(first.id))
  } catch {
    // The chat asks itself, and says what is wrong.
  }
}

function askAhead<T>(path: string): Promise<T> {
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
