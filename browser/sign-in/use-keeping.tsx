import { useState } from 'preact/hooks'
import { forgetDevice } from '../shared/leaving'
import { t } from '../shared/words'
import { canKeep, keepOnDevice } from './device'
import type { OnOpened } from './open'

/**
 * The checkbox; whether the account is to be kept, and can be; and a function that keeps it if so,
 * and enters.
 */
export function useKeeping(onOpened: OnOpened) {
  // Off by default: on a shared device, others could open the person's conversations.
  const [kept, setKept] = useState(false)
  const keeps = async () => kept && (await canKeep())
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
  return { keeps, choice, enter }
}
