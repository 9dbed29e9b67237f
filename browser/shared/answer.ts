/**
 * Our server's answers, told from those of somebody in between: the sign-in page of a Wi-Fi network,
 * a proxy, a filter. Only our content types are ours. Everything else is the network's fault: a
 * message that it refuses is sent again, and nobody is signed out by it.
 */

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

/** Somebody in between has answered in the server's place. */
export class Intercepted extends Offline {
  constructor(readonly status: number) {
    super(`answered by somebody else: ${status}`)
  }
}

export type Answer = Record<string, unknown>

const PROBLEM = 'application/problem+json'
const LONGEST_WAIT = 24 * 3600

/** What fetch and XMLHttpRequest both say about an answer. */
export interface Head {
  status: number
  header(name: string): string | null
}

export const headOf = ({ status, headers }: Response): Head => ({
  status,
  header: (name) => headers.get(name),
})

/** Whether it is a success of our server's, of this type; 204 has none. */
export function succeeds(head: Head, type: string): boolean {
  return head.status === 204 || (head.status >= 200 && head.status < 300 && isOf(head, type))
}

/** Whether our server has refused. */
export const isRefusal = (head: Head) => head.status >= 400 && isOf(head, PROBLEM)

/** What an answer that is no success means. */
export function errorOf(head: Head, text: string): Error {
  const { status } = head
  const wait = retryAfter(head)
  const problem = isRefusal(head) ? parsed(text) : undefined
  if (problem) {
    const type = typeof problem.type === 'string' ? problem.type.replace('/problems/', '') : ''
    return new ApiProblem(type || 'unavailable', status, wait, problem)
  }
  // A proxy before our server that is starting, or that bounds how often one may ask.
  if (status === 429 || status >= 500) return new ApiProblem('unavailable', status, wait, {})
  return new Intercepted(status)
}

/** Seconds: as a number, or until a date by the clock of whoever says so. */
export function retryAfter({ header }: Head): number | undefined {
  const said = header('Retry-After')?.trim()
  if (!said) return undefined
  const now = Date.parse(header('Date') ?? '') || Date.now()
  const seconds = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - now) / 1000
  // A timer of more than 24 days would end at once.
  return seconds > 0 ? Math.min(seconds, LONGEST_WAIT) : undefined
}

function isOf({ header }: Head, type: string): boolean {
  return header('Content-Type')?.split(';')[0]?.trim().toLowerCase() === type
}

function parsed(text: string): Answer | undefined {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body ? (body as Answer) : undefined
  } catch {
    return undefined
  }
}
