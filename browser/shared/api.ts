/** The JSON API: answers, problem details, and the network's absence as errors of their own. */

const REQUEST_TIMEOUT = 30_000

/** The server has answered, but with a problem; `type` is its stable slug. */
export class ApiProblem extends Error {
  constructor(
    readonly type: string,
    readonly status: number,
    /** Seconds to wait. */
    readonly retryAfter: number | undefined,
    readonly body: Readonly<Answer>,
  ) {
    super(type)
  }
}

/** The server was not reached: nothing is known about what it did. Asking again is safe. */
export class Offline extends Error {}

type Answer = Record<string, unknown>
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** `path` begins with "/api/". An empty answer is undefined. */
export async function api<T = undefined>(method: Method, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body)
  if (response.ok) return (await json(response)) as T
  const problem = (await json(response).catch(() => undefined)) ?? {}
  const type = typeof problem.type === 'string' ? problem.type.replace('/problems/', '') : ''
  if (type === 'signed-out') document.dispatchEvent(new Event('lotse:signed-out'))
  const wait = Number(response.headers.get('Retry-After')) || undefined
  throw new ApiProblem(type || 'unavailable', response.status, wait, problem)
}

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    })
  } catch (error) {
    throw new Offline(String(error))
  }
}

async function json(response: Response): Promise<Answer | undefined> {
  const text = await response.text().catch(() => {
    // The connection broke in the middle of the answer.
    throw new Offline('broken answer')
  })
  try {
    return text ? JSON.parse(text) : undefined
  } catch {
    throw new ApiProblem('unavailable', response.status, undefined, {})
  }
}
