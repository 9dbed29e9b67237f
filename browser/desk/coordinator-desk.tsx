// Coordinators plan who counsels. They have no keys to cases, so they see no case.
import { useEffect } from 'preact/hooks'
import type { Account } from '../crypto'
import type { Me } from '../shared/me'
import { t, useLanguage } from '../shared/words'
import { Icon } from './icons'
import { InvitationsPage } from './invitations/invitations'
import { AccountPage } from './own/account'
import { useRoute } from './route'

const PAGES = [
  ['invitations', 'ticket'],
  ['account', 'settings'],
] as const

export function CoordinatorDesk({ account, me }: { account: Account; me: Me }) {
  const { page } = useRoute('invitations')
  const language = useLanguage()
  useEffect(() => {
    document.title = `${t('desk.navigation')} – Lotse`
  }, [language])
  return (
    <div class="desk" data-open="list">
      <nav class="desk-rail" aria-label={t('desk.navigation')}>
        <p class="desk-centre" dir="auto">
          {me.nickname}
        </p>
        <ul class="desk-places">
          {PAGES.map(([name, icon]) => (
            <li key={name}>
              <a
                class="desk-place"
                href={`#${name}`}
                aria-current={page === name ? 'page' : undefined}
              >
                <Icon name={icon} />
                <span class="desk-place-name">{t(`desk.${name}`)}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="desk-page narrow">
        {page === 'account' ? <AccountPage account={account} me={me} /> : <InvitationsPage />}
      </div>
    </div>
  )
}
