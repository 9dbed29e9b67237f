import type { Me } from '../shared/me'
import { t, useLanguage } from '../shared/words'
import type { OnOpened } from './open'
import { SignInForm } from './sign-in'
import { UnlockForm } from './unlock'
import { door, RECOVER, SIGN_IN } from './which-door'

interface Props {
  me: Me | undefined
  /** The session has ended without the person's doing. */
  ended: boolean
  onOpened: OnOpened
}

/** What stands before chat and desk: sign in, or unlock where the session goes on. */
export function Door({ me, ended, onOpened }: Props) {
  useLanguage()
  const at = door()
  return (
    <div class="sheet stack">
      <h1>
        {me
          ? t('unlock.title', { nickname: me.nickname })
          : t(at === 'staff' ? 'sign-in.title-staff' : 'sign-in.title')}
      </h1>
      {ended && !me && <p class="notice">{t('problem.signed-out')}</p>}
      {me && <p class="soft">{t('unlock.why')}</p>}
      {me ? <UnlockForm me={me} onOpened={onOpened} /> : <SignInForm onOpened={onOpened} />}
      <nav class="door-links" aria-label={t('sign-in.else')}>
        <a href={RECOVER[at]}>{t('sign-in.forgotten')}</a>
        {!me && at === 'client' && <a href="/ask/">{t('sign-in.new')}</a>}
        {!me && at === 'client' && <a href={SIGN_IN.staff}>{t('sign-in.staff')}</a>}
        {!me && at === 'staff' && <a href={SIGN_IN.client}>{t('sign-in.client')}</a>}
      </nav>
    </div>
  )
}
