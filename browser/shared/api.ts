/** Calls the JSON API. Rejects with ApiProblem, or with Offline without an answer of our server. */
import { ApiProblem, errorOf, headOf, Intercepted, Offline, succeeds } from './answer'
import { authorization } from './unlocked'

export { ApiProblem, Offline }

const REQUEST_TIMEOUT = 30_000
const JSON_BODY = { 'Content-Type': 'application/json' }

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** An empty answer is undefined. */
export async function api<T = undefined>(method: Method, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body)
  const text = await response.text().catch(() => {
    // The connection failed in the middle of the answer.
    throw new Offline('broken answer')
  })
  const head = headOf(response)
  if (succeeds(head, 'application/json')) return read<T>(text, response.status)
  const error = errorOf(head, text)
  if (error instanceof ApiProblem && ['signed-out', 'locked'].includes(error.type)) {
    document.dispatchEvent(new Event(`lotse:${error.type}`))
  }
  throw error
}

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
      headers: { ...authorization(), ...(body === undefined ? {} : JSON_BODY) },
      body: body === undefined ? null : JSON.stringify(body),
    })
  } catch (error) {
    throw new Offline(String(error))
  }
}

function read<T>(text: string, status: number): T {
  try {
    return (text ? JSON.parse(text) : undefined) as T
  } catch {
    throw new Intercepted(status)
  }
}
