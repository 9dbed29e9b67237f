import { useState } from 'preact/hooks'
import { forgetDevice } from '../shared/leaving'
import { t } from '../shared/words'
import { keepOnDevice } from './device'
import type { OnOpened } from './open'

/** The box to tick, whether it is ticked, and what lets somebody in as it says. */
export function useKeeping(onOpened: OnOpened) {
  // Off at first: on a shared device it would open somebody's conversations to others.
  const [kept, setKept] = useState(false)
  const enter: OnOpened = async (opened) => {
    // A private window keeps nothing; that is no reason to keep anybody out.
    if (kept) await keepOnDevice(opened.account).catch(() => undefined)
    // What was kept before an earlier session ended is no longer wanted.
    else forgetDevice()
    return onOpened(opened)
  }
  const choice = (
    <label class="keep">
      <input
        type="checkbox"
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <span>
        {t('keep.label')}
        <small class="soft">{t('keep.hint')}</small>
      </span>
    </label>
  )
  return { kept, choice, enter }
}
