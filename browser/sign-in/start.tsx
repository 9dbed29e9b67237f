import { type ComponentChild, render } from 'preact'
import { lack } from '../shared/capabilities'
import { watchHeader } from '../shared/header'
import type { Me } from '../shared/me'
import { explain, fetched } from '../shared/problems'
import { needWords, speak } from '../shared/words'
import { Door } from './door'
import { enter, fetchAhead } from './enter'
import { type Opened, whoAmI } from './open'
import { Stop } from './stop'
import { door, doorOf } from './which-door'

/** Fills the page; `root.dataset.island` says which one it is. */
export async function start(root: HTMLElement): Promise<void> {
  watchHeader()
  const missing = lack()
  const asking = missing ? undefined : whoAmI(root)
  asking?.catch(() => undefined)
  await speak(document.documentElement.lang)
  if (missing) return show(root, <Stop lack={missing} />)
  await fill(root, asking)
}

async function fill(
  root: HTMLElement,
  asking: Promise<Me | undefined> | undefined = whoAmI(root),
): Promise<void> {
  try {
    show(root, await screen(root, await asking))
  } catch (error) {
    show(root, <Stop problem={explain(error)} onRetry={() => fill(root)} />)
  }
}

function show(root: HTMLElement, screen: ComponentChild): void {
  root.querySelector('.starting')?.remove()
  render(screen, root)
}

async function screen(root: HTMLElement, me: Me | undefined): Promise<ComponentChild> {
  const onOpened = (opened: Opened, conversation?: string) => enter(root, opened, conversation)
  const query = new URLSearchParams(location.search)
  if (root.dataset.island === 'join') {
    const [{ Join }] = await fetched(Promise.all([import('./join'), needWords('join', 'account')]))
    return <Join token={location.hash.slice(1)} onOpened={onOpened} />
  }
  if (root.dataset.island === 'recover') {
    const [{ Recover }] = await fetched(
      Promise.all([import('./recover'), needWords('recover', 'account')]),
    )
    return <Recover onOpened={onOpened} />
  }
  if (root.dataset.island === 'chat' && (query.has('counsellor') || query.has('centre'))) {
    const [{ Ask }] = await fetched(
      Promise.all([import('../ask/ask'), needWords('ask', 'account')]),
    )
    return <Ask query={query} me={me} onOpened={onOpened} />
  }
  // Somebody's session of the other door is not theirs to unlock here.
  const own = me && doorOf(me.role) === door() ? me : undefined
  if (own) fetchAhead(root, own)
  return <Door me={own} ended={query.has('ended')} onOpened={onOpened} />
}
