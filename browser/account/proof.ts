/** Asks for the password again: an unattended open page must not allow what cannot be undone. */
import { openAccount } from '../crypto/account'
import { derive } from '../crypto/password'
import { ApiProblem, api } from '../shared/api'
import type { Me } from '../shared/me'
import { explain } from '../shared/problems'
import { t } from '../shared/words'
import { doorOf } from '../sign-in/which-door'

class WrongPassword extends Error {}

/** The sign-in key that the server requires as proof. Rejects with WrongPassword. */
export async function prove(password: string): Promise<string> {
  // Ask again: another device may have changed the password since this page was opened.
  const { person, keys, role } = await api<Me>('GET', '/api/me')
  const derived = await derive(password, keys, doorOf(role))
  await openAccount(person, derived, keys).catch(() => {
    throw new WrongPassword()
  })
  return derived.signInKey
}

export function sayWrong(error: unknown): string {
  const refused = error instanceof ApiProblem && error.type === 'wrong-credentials'
  return refused || error instanceof WrongPassword ? t('change.wrong') : explain(error)
}
