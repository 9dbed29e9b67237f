import { api } from '../shared/api'
import { Heading } from '../shared/heading'
import { holdSecret } from '../shared/unlocked'
import { t } from '../shared/words'
import type { Lock, OnOpened } from '../sign-in/open'
import { SignInForm } from '../sign-in/sign-in'
import { UnlockForm } from '../sign-in/unlock'

interface Props {
  lock: Lock | undefined
  onOpened: OnOpened
  onNew(): void
}

/** Staff tried to ask a question with their own account. They need a separate nickname for that. */
class NotAClient extends Error {
  override name = 'NotAClient'
}

/** Signs in a person who has an account already. The written question is kept. */
export function ReturnStep({ lock, onOpened, onNew }: Props) {
  const clientsOnly: OnOpened = async (opened) => {
    if (opened.me.role === 'client') return onOpened(opened)
    holdSecret('')
    await api('POST', '/api/sign-out')
    throw new NotAClient()
  }
  return (
    <div class="stack">
      <p class="step">{t('ask.step', { at: 2, of: 2 })}</p>
      <Heading>{t(lock ? 'unlock.title' : 'sign-in.title')}</Heading>
      <p class="soft">{t('ask.question-kept')}</p>
      {lock ? (
        <UnlockForm lock={lock} onOpened={clientsOnly} />
      ) : (
        <>
          <SignInForm onOpened={clientsOnly} />
          <button type="button" class="button quiet wide" onClick={onNew}>
            {t('ask.new-one')}
          </button>
        </>
      )}
    </div>
  )
}
