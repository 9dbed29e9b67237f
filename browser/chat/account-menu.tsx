import { useState } from 'preact/hooks'
import { later } from '../shared/later'
import { lazy } from '../shared/lazy'
import { t } from '../shared/words'
import { Icon } from './icons'
import type { Session } from './session'
import { SignOut } from './sign-out'
import { useMenu } from './use-menu'

const AccountDialog = lazy(
  later(() => import('../account/account-dialog')),
  (module) => module.AccountDialog,
)

export function AccountMenu({ session: { account, me, outbox } }: { session: Session }) {
  const { menu, close } = useMenu()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <details class="menu" ref={menu}>
        <summary class="button icon-only" aria-label={t('chat.account')}>
          <Icon name="more" />
        </summary>
        <ul role="list">
          <li class="menu-name soft small">
            <bdi>{me.nickname}</bdi>
          </li>
          <li>
            <button
              type="button"
              onClick={() => {
                close()
                setOpened(true)
              }}
            >
              {t('chat.account')} …
            </button>
          </li>
          <li>
            <SignOut outbox={outbox}>{t('chat.sign-out')}</SignOut>
          </li>
        </ul>
      </details>
      {opened && <AccountDialog account={account} me={me} onClose={() => setOpened(false)} />}
    </>
  )
}
