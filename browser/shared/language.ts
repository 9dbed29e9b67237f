/** Changes the language without a page load: typed text and keys stay. */
import { language, speak, t } from './words'

/** The server has drawn the header. These are its translatable parts. */
const HEADER: [selector: string, key: string, attribute?: string][] = [
  ['.top .help', 'top.help'],
  ['.top .help', 'top.help-long', 'aria-label'],
  ['.top .exit', 'top.exit'],
  ['.top .exit', 'top.exit-long', 'aria-label'],
  ['.top .brand', 'top.brand', 'aria-label'],
  ['.top summary', 'top.language', 'aria-label'],
  ['body > a[href="#app"]', 'top.skip'],
]

const YEAR = 365 * 24 * 3600

let changed = false

/** Whether the person has changed the language on this page. */
export const hasChosenLanguage = (): boolean => changed

/** Sets the same cookie as the server's switch, without a request: the page may end too soon. */
export async function changeLanguage(code: string): Promise<void> {
  await speak(code)
  changed = true
  const secure = location.protocol === 'https:' ? ';secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: CookieStore is missing in older Firefox
  document.cookie = `language=${code};path=/;max-age=${YEAR};samesite=lax${secure}`
}

export function translateHeader(): void {
  const code = language()
  for (const [selector, key, attribute] of HEADER) {
    const element = document.querySelector(selector)
    if (attribute) element?.setAttribute(attribute, t(key))
    else if (element) element.textContent = t(key)
  }
  document.querySelector('.top summary')?.setAttribute('data-code', code.toUpperCase())
  for (const button of document.querySelectorAll<HTMLButtonElement>('.top [name=language]')) {
    if (button.value === code) button.setAttribute('aria-current', 'true')
    else button.removeAttribute('aria-current')
  }
}
