/**
 * The secret that unlocks the session for this page. It is in the page's memory only: whoever has
 * copied the cookie, or looks at what the browser stores, cannot show it.
 */

let held = ''

export function holdSecret(secret: string): void {
  held = secret
}

export const heldSecret = (): string => held

/** For every request of this page. */
export const authorization = (): Record<string, string> =>
  held ? { Authorization: `Bearer ${held}` } : {}
