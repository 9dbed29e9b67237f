/**
 * Distinguishes our server's answers from those of the network in between: a Wi-Fi sign-in page, a
 * proxy, a filter. We recognise ours by their content types. All others count as a failure of the
 * network: messages are sent again, and nobody is signed out.
 */

/** Our server has answered with a problem. `type` is its stable slug. */
export class ApiProblem extends Error {
  constructor(
    readonly type: string,
    readonly status: number,
    /** Seconds to wait before the next attempt. */
    readonly retryAfter: number | undefined,
    readonly body: Readonly<Answer>,
  ) {
    super(type)
  }
}

/** No answer from our server. It may have handled the request; a repetition is safe. */
export class Offline extends Error {}

/** Something in the network has answered instead of our server. */
export class Intercepted extends Offline {
  constructor(readonly status: number) {
    super(`not answered by our server: ${status}`)
  }
}

export type Answer = Record<string, unknown>

const PROBLEM = 'application/problem+json'
const LONGEST_WAIT = 24 * 3600

/** Status and headers of an answer, from fetch or XMLHttpRequest. */
export interface Head {
  status: number
  header(name: string): string | null
}

export const headOf = ({ status, headers }: Response): Head => ({
  status,
  header: (name) => headers.get(name),
})

/** Whether our server has answered with success and this content type. 204 needs no type. */
export function succeeds(head: Head, type: string): boolean {
  return head.status === 204 || (head.status >= 200 && head.status < 300 && isOf(head, type))
}

/** Whether our server has refused. */
export const isRefusal = (head: Head) => head.status >= 400 && isOf(head, PROBLEM)

/** The error for an answer that is not a success. */
export function errorOf(head: Head, text: string): Error {
  const { status } = head
  const wait = retryAfter(head)
  const problem = isRefusal(head) ? parsed(text) : undefined
  if (problem) {
    const type = typeof problem.type === 'string' ? problem.type.replace('/problems/', '') : ''
    return new ApiProblem(type || 'unavailable', status, wait, problem)
  }
  // A proxy in front of our server: the server is starting, or the proxy limits the requests.
  if (status === 429 || status >= 500) return new ApiProblem('unavailable', status, wait, {})
  return new Intercepted(status)
}

/** The `Retry-After` header in seconds. A date is compared with the sender's own `Date`. */
export function retryAfter({ header }: Head): number | undefined {
  const said = header('Retry-After')?.trim()
  if (!said) return undefined
  const now = Date.parse(header('Date') ?? '') || Date.now()
  const seconds = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - now) / 1000
  // Browsers end a timer of more than 24 days at once.
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
