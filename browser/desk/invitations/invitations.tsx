// One-time links for new colleagues. Each is shown once, because the server keeps only its hash.
import { useState } from 'preact/hooks'
import { copy } from '../../shared/keep'
import { t } from '../../shared/words'
import { Icon } from '../icons'
import { WhenLoaded } from '../states'
import { calendarDay } from '../times'
import { useLoaded } from '../use-loaded'
import type { Invitation } from '../wire'
import { Invite } from './invite'

export function InvitationsPage() {
  const loaded = useLoaded<{ invitations: Invitation[] }>('/api/desk/invitations')
  const [link, setLink] = useState('')
  return (
    <>
      <h1>{t('desk.invitations')}</h1>
      <p class="page-intro">{t('desk.invitations-hint')}</p>
      <Invite
        onLink={(made) => {
          setLink(made)
          loaded.again()
        }}
      />
      {link && <NewLink link={link} />}
      <h2>{t('desk.invitations-made')}</h2>
      <WhenLoaded from={loaded}>
        {({ invitations }) =>
          invitations.length === 0 ? (
            <p class="soft">{t('desk.invitations-none')}</p>
          ) : (
            <ul class="invitations">
              {invitations.map((one) => (
                <Made key={one.id} invitation={one} />
              ))}
            </ul>
          )
        }
      </WhenLoaded>
    </>
  )
}

function NewLink({ link }: { link: string }) {
  return (
    <section class="notice good new-link" role="status">
      <Icon name="check" />
      <div class="stack">
        <p>
          <strong>{t('desk.link-made')}</strong> {t('desk.link-once')}
        </p>
        <div class="new-link-line">
          <input
            class="input"
            dir="ltr"
            readOnly
            aria-label={t('desk.link')}
            value={link}
            onFocus={(event) => event.currentTarget.select()}
          />
          <button type="button" class="button" onClick={() => void copy(link)}>
            <Icon name="copy" />
            {t('desk.copy-link')}
          </button>
        </div>
      </div>
    </section>
  )
}

function stateOf({ used_at, expires_at, has_ended }: Invitation) {
  if (used_at) return 'used'
  if (Date.parse(expires_at) < Date.now()) return 'expired'
  return has_ended ? 'ended' : 'open'
}

function Made({ invitation }: { invitation: Invitation }) {
  const { role, centre, note, used_at, expires_at } = invitation
  const state = stateOf(invitation)
  return (
    <li class="card invitation">
      <div>
        <p class="invitation-title">
          {t(`desk.role-${role}`)}
          {centre && <bdi class="soft"> · {centre.name}</bdi>}
        </p>
        {note && (
          <p class="small" dir="auto">
            {note}
          </p>
        )}
      </div>
      <span class={state === 'open' ? 'chip chosen' : 'chip'}>
        <Icon name={state === 'used' ? 'check' : state === 'open' ? 'clock' : 'close'} />
        {t(`desk.invitation-${state}`, { day: calendarDay(used_at ?? expires_at) })}
      </span>
    </li>
  )
}
