// The account itself: who is signed in, the password, the way out.
import { useState } from 'preact/hooks'
import { SignOut } from '../../chat/sign-out'
import type { Account } from '../../crypto'
import type { Me } from '../../shared/me'
import { t } from '../../shared/words'
import { ChangePassword } from '../../sign-in/change-password'
import type { Outbox } from '../../stream/outbox'
import { Icon } from '../icons'

interface Props {
  account: Account
  me: Me
  outbox?: Outbox
}

export function AccountPage({ account, me, outbox }: Props) {
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
          <SignOut class="button quiet" outbox={outbox}>
            <Icon name="out" />
            {t('desk.sign-out')}
          </SignOut>
        </div>
        <p class="soft small">{t('desk.sign-out-hint')}</p>
      </section>
      {changing && <ChangePassword account={account} me={me} onClose={() => change(false)} />}
    </>
  )
}
