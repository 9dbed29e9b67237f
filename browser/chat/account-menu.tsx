import { useRef, useState } from 'preact/hooks'
import { signOut } from '../shared/leaving'
import { t } from '../shared/words'
import { Icon } from './icons'
import { lazy } from './lazy'
import type { Session } from './session'

const ChangePassword = lazy(() =>
  import('../sign-in/change-password').then((module) => module.ChangePassword),
)

export function AccountMenu({ session: { account, me } }: { session: Session }) {
  const menu = useRef<HTMLDetailsElement>(null)
  const [changing, setChanging] = useState(false)
  return (
    <>
      <details
        class="menu"
        ref={menu}
        onFocusOut={(event) => {
          if (!menu.current?.contains(event.relatedTarget as Node | null)) {
            menu.current?.removeAttribute('open')
          }
        }}
      >
        <summary class="button icon-only" aria-label={t('chat.account')}>
          <Icon name="more" />
        </summary>
        <ul role="list">
          <li class="menu-name soft small">
            <bdi>{me.nickname}</bdi>
          </li>
          <li>
            <button type="button" onClick={() => setChanging(true)}>
              {t('chat.change-password')}
            </button>
          </li>
          <li>
            <button type="button" onClick={signOut}>
              {t('chat.sign-out')}
            </button>
          </li>
        </ul>
      </details>
      {changing && <ChangePassword account={account} me={me} onClose={() => setChanging(false)} />}
    </>
  )
}
