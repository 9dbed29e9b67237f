import { t } from '../shared/words'

/** Off at first: on a shared phone or computer it would open somebody's conversations to others. */
export function KeepChoice({ kept, onKept }: { kept: boolean; onKept(kept: boolean): void }) {
  return (
    <label class="keep">
      <input
        type="checkbox"
        checked={kept}
        onChange={(event) => onKept(event.currentTarget.checked)}
      />
      <span>
        {t('keep.label')}
        <small class="soft">{t('keep.hint')}</small>
      </span>
    </label>
  )
}
