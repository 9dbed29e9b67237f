import { render } from 'preact'
import type { Account } from '../crypto'
import type { Me } from '../shared/me'
import { Root } from './root'

/** Draws the workplace of a counsellor or a coordinator in `root`. */
export function start(root: HTMLElement, account: Account, me: Me): void {
  document.body.classList.add('desk-body')
  render(<Root account={account} me={me} />, root)
}
