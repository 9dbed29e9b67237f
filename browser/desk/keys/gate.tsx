// Stands in place of the desk until the centre's key is open on this device.
import { KeysChanged } from '../../safety/lazy'
import { t } from '../../shared/words'
import { useDesk } from '../desk'
import { Icon } from '../icons'
import { Fingerprint } from './admission'
import type { KeyState } from './keyring'

export function Gate({ state }: { state: Exclude<KeyState, 'open'> }) {
  const { keyring, me } = useDesk()
  if (state === 'loading') {
    return (
      <div class="desk-wait" role="status">
        <span class="spinner" aria-hidden="true" />
        <span>{t('desk.opening')}</span>
      </div>
    )
  }
  if (state === 'changed' && keyring.change) {
    const name = me.counsellor?.centre_name ?? ''
    return (
      <div class="gate">
        <KeysChanged
          key={keyring.change.offered?.hash}
          change={keyring.change}
          name={name}
          asks="colleagues"
          onAccepted={() => void keyring.load()}
        />
      </div>
    )
  }
  if (state === 'waiting') {
    const leads = new Intl.ListFormat(document.documentElement.lang, { type: 'disjunction' })
    return (
      <section class="gate" aria-labelledby="gate-title">
        <Icon name="key" />
        <h1 id="gate-title">{t('desk.gate-title')}</h1>
        <p>{t('desk.gate-text', { centre: me.counsellor?.centre_name ?? '' })}</p>
        <p class="gate-who">
          <bdi>{leads.format(keyring.leads)}</bdi>
        </p>
        <p class="soft">{t('desk.gate-number')}</p>
        <Fingerprint person={me.person} identity={me.keys.identity_public} />
        <p class="soft small" role="status">
          {t('desk.gate-live')}
        </p>
      </section>
    )
  }
  return (
    <section class="gate" role="alert">
      <Icon name="alert" />
      <h1>{t(`desk.gate-${state}`)}</h1>
      <p>{t(`desk.gate-${state}-text`)}</p>
      <button type="button" class="button" onClick={() => void keyring.load()}>
        {t('desk.again')}
      </button>
    </section>
  )
}
