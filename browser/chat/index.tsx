import { render } from 'preact'
import type { Account } from '../crypto'
import type { Me } from '../shared/me'
import { explain } from '../shared/problems'
import { t } from '../shared/words'
import { Chats } from './chats'
import { fillScreen } from './screen'
import { Session } from './session'
import { clock } from './times'

// A cheap phone needs 150 ms for the first time formatter. Make it while the password is typed.
setTimeout(() => clock(Date.now()))

interface Options {
  /** The conversation to show first. */
  open?: string
}

/** Shows a client's conversations. */
export function start(root: HTMLElement, account: Account, me: Me, { open }: Options = {}): void {
  fillScreen()
  render(<Opening />, root)
  Session.open(account, me).then(
    (session) => render(<Chats session={session} open={open} />, root),
    (error) => {
      const again = () => start(root, account, me, open ? { open } : {})
      render(<Failed error={error} onRetry={again} />, root)
    },
  )
}

function Opening() {
  return (
    <div class="talk-problem" role="status">
      <span class="spinner" />
      <p>{t('chat.loading')}</p>
    </div>
  )
}

function Failed({ error, onRetry }: { error: unknown; onRetry(): void }) {
  return (
    <div class="talk-problem" role="alert">
      <p>{explain(error)}</p>
      <button type="button" class="button" onClick={onRetry}>
        {t('chat.retry')}
      </button>
    </div>
  )
}
