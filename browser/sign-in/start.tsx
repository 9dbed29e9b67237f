import { type ComponentChild, render } from 'preact'
import { lack } from '../shared/capabilities'
import { watchHeader } from '../shared/header'
import { later } from '../shared/later'
import { explain, fetched } from '../shared/problems'
import { needWords, speak } from '../shared/words'
import { Door } from './door'
import { enter, fetchAhead } from './enter'
import { Lock, type Opened } from './open'
import { Stop } from './stop'

const joinPage = later(() => import('./join'))
const recoverPage = later(() => import('./recover'))
const askPage = later(() => import('../ask/ask'))

/** Draws the page that `root.dataset.island` names. */
export async function start(root: HTMLElement): Promise<void> {
  watchHeader()
  const missing = lack()
  const lock = missing ? undefined : lockOf(root)
  lock?.ask().catch(() => undefined)
  await speak(document.documentElement.lang)
  if (missing) return show(root, <Stop lack={missing} />)
  await fill(root, lock)
}

/** The lock of an existing session. `start` asks for it while words and program are loading. */
const lockOf = ({ dataset }: HTMLElement) => ('session' in dataset ? new Lock() : undefined)

async function fill(root: HTMLElement, lock: Lock | undefined): Promise<void> {
  try {
    show(root, await screen(root, lock))
  } catch (error) {
    show(root, <Stop problem={explain(error)} onRetry={() => fill(root, lock)} />)
  }
}

function show(root: HTMLElement, screen: ComponentChild): void {
  root.querySelector('.starting')?.remove()
  render(screen, root)
}

async function screen(root: HTMLElement, lock: Lock | undefined): Promise<ComponentChild> {
  const onOpened = (opened: Opened, conversation?: string) => enter(root, opened, conversation)
  const query = new URLSearchParams(location.search)
  if (root.dataset.island === 'join') {
    const [{ Join }] = await fetched(Promise.all([joinPage(), needWords('join', 'account')]))
    return <Join token={location.hash.slice(1)} onOpened={onOpened} />
  }
  if (root.dataset.island === 'recover') {
    const [{ Recover }] = await fetched(
      Promise.all([recoverPage(), needWords('recover', 'account')]),
    )
    return <Recover onOpened={onOpened} />
  }
  if (root.dataset.island === 'chat' && (query.has('counsellor') || query.has('centre'))) {
    const [{ Ask }] = await fetched(Promise.all([askPage(), needWords('ask', 'account')]))
    return <Ask query={query} lock={lock} onOpened={onOpened} />
  }
  if (lock) fetchAhead(root)
  return <Door lock={lock} ended={query.has('ended')} onOpened={onOpened} />
}
