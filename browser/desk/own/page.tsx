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
  // The address may still name a page that only coordinators have.
  const shown = PAGES.find((name) => name === page) ?? 'profile'
  return (
    <div class="desk-page" key={shown}>
      <nav class="page-tabs" aria-label={t('desk.me')}>
        {PAGES.map((name) => (
          <a key={name} href={`#${name}`} aria-current={name === shown ? 'page' : undefined}>
            {t(`desk.${name}`)}
          </a>
        ))}
      </nav>
      {shown === 'profile' && <ProfilePage />}
      {shown === 'absences' && <AbsencesPage />}
      {shown === 'account' && <AccountPage account={account} me={me} outbox={session.outbox} />}
      {shown === 'account' && <CentreNumber />}
    </div>
  )
}
