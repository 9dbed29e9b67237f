/** The header's links, on pages that hold keys or unsent words: none of them may load a page. */
import { changeLanguage, translateHeader } from './language'
import { leaveAtOnce } from './leaving'
import { needWords, onLanguage } from './words'

export function watchHeader(): void {
  onLanguage(translateHeader)
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('.top a')
    const act = link && actionOf(link)
    if (!act) return
    event.preventDefault()
    act()
  })
}

function actionOf(link: HTMLAnchorElement): (() => void) | undefined {
  const path = link.pathname
  if ('quickExit' in link.dataset) return () => leaveAtOnce(link.href)
  if (path === '/help/') return () => openNumbers(link.href)
  const language = /^\/language\/([\w-]+)\//.exec(path)?.[1]
  if (!language) return undefined
  return () => {
    link.closest('details')?.removeAttribute('open')
    void changeLanguage(language)
  }
}

function openNumbers(page: string): void {
  Promise.all([import('./danger/dialog'), needWords('danger')]).then(
    ([{ showNumbers }]) => showNumbers(),
    () => location.assign(page),
  )
}
