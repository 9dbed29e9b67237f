/**
 * The secret that unlocks the session for this page. It is only in the page's memory (sealed on the
 * device if the person stays signed in: sign-in/device.ts). An attacker who copies the cookie or
 * reads the browser's storage does not get it.
 */

let held = ''

export function holdSecret(secret: string): void {
  held = secret
}

export const heldSecret = (): string => held

/** Headers for every request of this page. */
export const authorization = (): Record<string, string> =>
  held ? { Authorization: `Bearer ${held}` } : {}
