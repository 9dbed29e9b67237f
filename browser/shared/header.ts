/** The header of pages with keys or unsent text. Nothing in it may load another page. */
import { changeLanguage, translateHeader } from './language'
import { later } from './later'
import { leaveAtOnce } from './leaving'
import { needWords, onLanguage } from './words'

const dialog = later(() => import('./danger/dialog'))

export function watchHeader(): void {
  onLanguage(translateHeader)
  document.addEventListener('click', (event) => {
    const pressed = (event.target as Element).closest<HTMLElement>('.top :is(a, button)')
    const act = pressed && actionOf(pressed)
    if (!act) return
    event.preventDefault()
    act()
  })
}

function actionOf(pressed: HTMLElement): (() => void) | undefined {
  if (pressed instanceof HTMLAnchorElement) {
    return pressed.pathname === '/help/' ? () => openNumbers(pressed.href) : undefined
  }
  if (!(pressed instanceof HTMLButtonElement)) return undefined
  const { quickExit } = pressed.dataset
  if (quickExit) return () => leaveAtOnce(quickExit)
  if (pressed.name !== 'language') return undefined
  return () => {
    pressed.closest('details')?.removeAttribute('open')
    void changeLanguage(pressed.value)
  }
}

function openNumbers(page: string): void {
  Promise.all([dialog(), needWords('danger')]).then(
    ([{ showNumbers }]) => showNumbers(),
    () => location.assign(page),
  )
}
