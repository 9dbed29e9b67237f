import { useState } from 'preact/hooks'
import { forgetDevice } from '../shared/leaving'
import { t } from '../shared/words'
import { keepOnDevice } from './device'
import type { OnOpened } from './open'

/** The checkbox, its state, and a function that keeps the account if it is checked, and enters. */
export function useKeeping(onOpened: OnOpened) {
  // Off by default: on a shared device, others could open the person's conversations.
  const [kept, setKept] = useState(false)
  const enter: OnOpened = async (opened) => {
    // A private window cannot store anything, but the person may enter anyway.
    if (kept) await keepOnDevice(opened.account).catch(() => undefined)
    // Without the choice, forget the account that an earlier session has kept here.
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
