import type { ComponentChildren } from 'preact'
import type { Me } from '../shared/me'
import { t } from '../shared/words'
import { Devices } from './devices'

/** Acts that have a window of their own (act.tsx). */
export type Act = 'password' | 'code' | 'delete'

/** The settings of one's own account. Only clients can delete theirs. */
export function Sections({ me, onAct }: { me: Me; onAct(act: Act): void }) {
  return (
    <div class="account-sections">
      <Section title={t('change.title')} about={t('account.password-about')}>
        <button type="button" class="button quiet" onClick={() => onAct('password')}>
          {t('change.do')}
        </button>
      </Section>
      <Section title={t('code.label')} about={t('account.code-about')}>
        <button type="button" class="button quiet" onClick={() => onAct('code')}>
          {t('account.code-new')}
        </button>
      </Section>
      <Section title={t('account.devices')} about={t('account.devices-about')}>
        <Devices />
      </Section>
      {me.role === 'client' && (
        <Section title={t('account.delete')} about={t('account.delete-about')}>
          <button type="button" class="button quiet" onClick={() => onAct('delete')}>
            {t('account.delete')} …
          </button>
        </Section>
      )}
    </div>
  )
}

interface SectionProps {
  title: string
  about: string
  children: ComponentChildren
}

export function Section({ title, about, children }: SectionProps) {
  return (
    <section class="account-section">
      <h2>{title}</h2>
      <p class="soft small">{about}</p>
      {children}
    </section>
  )
}
