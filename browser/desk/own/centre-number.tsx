// The number that a counsellor reads out to clients and colleagues who check the centre's keys.
import { SafetyNumber } from '../../safety/lazy'
import { useChanges } from '../../shared/changes'
import { t } from '../../shared/words'
import { useDesk } from '../desk'

export function CentreNumber() {
  const { keyring, me } = useDesk()
  useChanges(keyring)
  const manifest = keyring.keys?.manifest
  if (!manifest) return null
  return (
    <section class="card account" aria-labelledby="centre-number">
      <h2 id="centre-number">{t('desk.centre-number')}</h2>
      <p>{t('desk.centre-number-text', { centre: me.counsellor?.centre_name ?? '' })}</p>
      <SafetyNumber centre={manifest.centre} hash={manifest.hash} />
    </section>
  )
}
