// The account: who is signed in, signing out, and the settings of the account.
import { useState } from 'preact/hooks'
import { ActWindow } from '../../account/act'
import { type Act, Sections } from '../../account/sections'
import { SignOut } from '../../chat/sign-out'
import type { Account } from '../../crypto'
import type { Me } from '../../shared/me'
import { t, useWords } from '../../shared/words'
import type { Outbox } from '../../stream/outbox'
import { Icon } from '../icons'

interface Props {
  account: Account
  me: Me
  outbox?: Outbox
}

export function AccountPage({ account, me, outbox }: Props) {
  const [act, setAct] = useState<Act>()
  const ready = useWords('account')
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
          <SignOut class="button quiet" outbox={outbox}>
            <Icon name="out" />
            {t('desk.sign-out')}
          </SignOut>
        </div>
        <p class="soft small">{t('desk.sign-out-hint')}</p>
      </section>
      {ready && (
        <div class="card account">
          <Sections me={me} onAct={setAct} />
        </div>
      )}
      {act && <ActWindow act={act} account={account} me={me} onClose={() => setAct(undefined)} />}
    </>
  )
}
