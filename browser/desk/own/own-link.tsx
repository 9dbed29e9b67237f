// A link and a QR code that lead straight to this counsellor, for e-mails, doors and flyers.
import { copy } from '../../shared/keep'
import { t } from '../../shared/words'
import { useDesk } from '../desk'
import { Icon } from '../icons'
import type { OwnProfile } from '../wire'

export function OwnLink({ own }: { own: OwnProfile }) {
  const { me } = useDesk()
  return (
    <section class="card own-link" aria-labelledby="link-title">
      <h2 id="link-title">{t('desk.own-link')}</h2>
      <p>{t('desk.own-link-hint')}</p>
      <div class="poster">
        <img src={own.qr} alt={t('desk.qr')} width={200} height={200} />
        <p class="poster-name" dir="auto">
          {own.name}
          <span class="block soft small">{me.counsellor?.centre_name}</span>
        </p>
        <p class="poster-link" dir="ltr">
          {own.link.replace(/^https?:\/\//, '')}
        </p>
      </div>
      <div class="own-link-actions">
        <button type="button" class="button quiet" onClick={() => void copy(own.link)}>
          <Icon name="copy" />
          {t('desk.copy-link')}
        </button>
        <a class="button quiet" href={`${own.link}print/`} target="_blank" rel="noreferrer">
          <Icon name="print" />
          {t('desk.print')}
        </a>
      </div>
    </section>
  )
}
