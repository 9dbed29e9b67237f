import { render } from 'preact'
import { Dialog } from '../dialog'
import { t, useLanguage } from '../words'
import { Numbers } from './numbers'

/** Shows the numbers above the page. Leaving the page would lose typed text and the open keys. */
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
