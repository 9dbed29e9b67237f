// The counsellor's own pages: profile, absences, and account.
import { t } from '../../shared/words'
import { useDesk } from '../desk'
import type { Page } from '../route'
import { AbsencesPage } from './absences'
import { AccountPage } from './account'
import { CentreNumber } from './centre-number'
import { ProfilePage } from './profile'

const PAGES = ['profile', 'absences', 'account'] as const

export function OwnPage({ page }: { page: Page }) {
  const { account, me, session } = useDesk()
  return (
    <div class="desk-page" key={page}>
      <nav class="page-tabs" aria-label={t('desk.me')}>
        {PAGES.map((name) => (
          <a key={name} href={`#${name}`} aria-current={name === page ? 'page' : undefined}>
            {t(`desk.${name}`)}
          </a>
        ))}
      </nav>
      {page === 'profile' && <ProfilePage />}
      {page === 'absences' && <AbsencesPage />}
      {page === 'account' && <AccountPage account={account} me={me} outbox={session.outbox} />}
      {page === 'account' && <CentreNumber />}
    </div>
  )
}
