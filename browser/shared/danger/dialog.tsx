import { render } from 'preact'
import { Dialog } from '../dialog'
import { t, useLanguage } from '../words'
import { Numbers } from './numbers'

/** The numbers over the page: leaving it would cost what was typed, or the password once more. */
export function showNumbers(): void {
  const place = document.createElement('div')
  document.body.append(place)
  const close = () => {
    render(null, place)
    place.remove()
  }
  render(<Help onClose={close} />, place)
}

function Help({ onClose }: { onClose(): void }) {
  useLanguage()
  return (
    <Dialog title={t('help.title')} onClose={onClose}>
      <p>{t('danger.call')}</p>
      <Numbers />
      <a class="button quiet" href="/help/" target="_blank" rel="noopener">
        {t('help.more')}
      </a>
    </Dialog>
  )
}
