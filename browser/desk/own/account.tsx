// The account itself: who is signed in, the password, the way out.
import { useState } from 'preact/hooks'
import type { Account } from '../../crypto'
import { signOut } from '../../shared/leaving'
import type { Me } from '../../shared/me'
import { t } from '../../shared/words'
import { ChangePassword } from '../../sign-in/change-password'
import { Icon } from '../icons'

export function AccountPage({ account, me }: { account: Account; me: Me }) {
  const [changing, change] = useState(false)
  return (
    <>
      <h1>{t('desk.account')}</h1>
      <section class="card account">
        <p>
          <span class="soft">{t('desk.signed-in-as')}</span>
          <strong class="block">
            <bdi>{me.nickname}</bdi>
          </strong>
        </p>
        <div class="account-actions">
          <button type="button" class="button quiet" onClick={() => change(true)}>
            <Icon name="key" />
            {t('desk.change-password')}
          </button>
          <button type="button" class="button quiet" onClick={() => void signOut()}>
            <Icon name="out" />
            {t('desk.sign-out')}
          </button>
        </div>
        <p class="soft small">{t('desk.sign-out-hint')}</p>
      </section>
      {changing && <ChangePassword account={account} me={me} onClose={() => change(false)} />}
    </>
  )
}
