import { t, useLanguage } from '../shared/words'
import type { Lock, OnOpened } from './open'
import { SignInForm } from './sign-in'
import { UnlockForm, useLock } from './unlock'
import { door, RECOVER, SIGN_IN } from './which-door'

interface Props {
  lock: Lock | undefined
  /** Whether the session has ended although the person did not sign out. */
  ended: boolean
  onOpened: OnOpened
}

/** Stands before chat and desk: people sign in, or unlock a session that still exists. */
export function Door({ lock: given, ended, onOpened }: Props) {
  useLanguage()
  const at = door()
  const lock = useLock(given)
  const title = at === 'staff' ? 'sign-in.title-staff' : 'sign-in.title'
  return (
    <div class="sheet stack">
      <h1>{t(lock ? 'unlock.title' : title)}</h1>
      {ended && !lock && <p class="notice">{t('problem.signed-out')}</p>}
      {lock && <p class="soft">{t('unlock.why')}</p>}
      {lock ? <UnlockForm lock={lock} onOpened={onOpened} /> : <SignInForm onOpened={onOpened} />}
      <nav class="door-links" aria-label={t('sign-in.else')}>
        <a href={RECOVER[at]}>{t('sign-in.forgotten')}</a>
        {!lock && at === 'client' && <a href="/ask/">{t('sign-in.new')}</a>}
        {!lock && at === 'client' && <a href={SIGN_IN.staff}>{t('sign-in.staff')}</a>}
        {!lock && at === 'staff' && <a href={SIGN_IN.client}>{t('sign-in.client')}</a>}
      </nav>
    </div>
  )
}
