import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Dialog } from '../shared/dialog'
import { signOut } from '../shared/leaving'
import { t } from '../shared/words'
import type { Outbox } from '../stream/outbox'

interface Props {
  outbox?: Outbox | undefined
  class?: string
  children: ComponentChildren
}

/**
 * Asks first if unsent messages would stay behind: nobody else can send them. This part is not
 * loaded lazily, because messages are usually unsent if there is no network.
 */
export function SignOut({ outbox, class: style, children }: Props) {
  const [unsent, setUnsent] = useState(0)
  const stay = () => setUnsent(0)
  const leave = () => {
    const count = outbox?.items.length
    if (count) setUnsent(count)
    else void signOut()
  }
  return (
    <>
      <button type="button" class={style} onClick={leave}>
        {children}
      </button>
      {unsent > 0 && (
        <Dialog title={t('chat.unsent', { count: unsent })} onClose={stay}>
          <p>{t('chat.unsent-why')}</p>
          <div class="bar dialog-actions">
            <button type="button" class="button quiet" onClick={() => void signOut()}>
              {t('chat.unsent-leave')}
            </button>
            <button type="button" class="button" onClick={stay}>
              {t('chat.unsent-stay')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
