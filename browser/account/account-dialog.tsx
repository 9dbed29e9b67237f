import { useState } from 'preact/hooks'
import type { Account } from '../crypto'
import { Dialog } from '../shared/dialog'
import type { Me } from '../shared/me'
import { t, useWords } from '../shared/words'
import { ActWindow } from './act'
import { type Act, Sections } from './sections'

interface Props {
  account: Account
  me: Me
  onClose(): void
}

/** All sections in one window, for the chat's menu. The window of an act replaces it. */
export function AccountDialog({ account, me, onClose }: Props) {
  const [act, setAct] = useState<Act>()
  if (!useWords('account')) return null
  if (act) {
    return <ActWindow act={act} account={account} me={me} onClose={() => setAct(undefined)} />
  }
  return (
    <Dialog title={t('account.title')} onClose={onClose}>
      <p class="soft small">
        {t('account.signed-in-as')} <bdi>{me.nickname}</bdi>
      </p>
      <Sections me={me} onAct={setAct} />
    </Dialog>
  )
}
