import type { Me } from '../shared/me'
import { t, useLanguage } from '../shared/words'
import type { OnOpened } from './open'
import { SignInForm } from './sign-in'
import { UnlockForm } from './unlock'

interface Props {
  me: Me | undefined
  /** The session has ended without the person's doing. */
  ended: boolean
  onOpened: OnOpened
}

/** What stands before chat and desk: sign in, or unlock where the session goes on. */
export function Door({ me, ended, onOpened }: Props) {
  useLanguage()
  return (
    <div class="sheet stack">
      <h1>{me ? t('unlock.title', { nickname: me.nickname }) : t('sign-in.title')}</h1>
      {ended && !me && <p class="notice">{t('problem.signed-out')}</p>}
      {me && <p class="soft">{t('unlock.why')}</p>}
      {me ? <UnlockForm me={me} onOpened={onOpened} /> : <SignInForm onOpened={onOpened} />}
      <nav class="door-links" aria-label={t('sign-in.else')}>
        <a href="/recover/">{t('sign-in.forgotten')}</a>
        {!me && <a href="/ask/">{t('sign-in.new')}</a>}
      </nav>
    </div>
  )
}
