// Loads everything that the desk needs, and keeps it up to date by events.
import { Session } from '../chat/session'
import type { Account } from '../crypto'
import { api } from '../shared/api'
import type { Me } from '../shared/me'
import { language, needWords } from '../shared/words'
import type { Desk } from './desk'
import { Keyring } from './keys/keyring'
import { CaseList } from './queue/caselist'
import { Previews } from './queue/previews'
import { address, moved } from './route'
import type { Choices } from './wire'

/** The server names the topics in the interface's language. */
export const loadChoices = () => api<Choices>('GET', `/api/desk/choices?language=${language()}`)

/** Rejects if the server cannot be reached. */
export async function openDesk(account: Account, me: Me): Promise<Desk> {
  const keyring = new Keyring(account, me.counsellor?.centre ?? '')
  const cases = new CaseList(me)
  const [choices] = await Promise.all([loadChoices(), keyring.load(), needWords('chat')])
  const session = await Session.open(account, me, { centre: keyring.keys ?? undefined })
  const previews = new Previews(account, keyring)
  const desk = { account, me, choices, cases, keyring, previews, session }
  follow(desk)
  // Only now, after the event stream has opened: a change after the lists were read must reach it.
  await cases.load('new')
  void cases.load('mine')
  void cases.load('centre')
  return desk
}

function follow({ me, cases, keyring, previews, session }: Desk): void {
  for (const kind of ['queue', 'case', 'withdrawn'] as const) {
    session.on(kind, ({ conversation }) => cases.stale(conversation))
  }
  session.on('erased', ({ conversation }) => {
    const known = cases.byId.get(conversation)
    if (known) previews.erase(known)
    cases.erase(conversation)
  })
  session.on('message', (event) => cases.said(event))
  session.on('receipts', ({ conversation, person, read }) => {
    if (person === me.person) cases.readUpTo(conversation, read)
  })
  session.on('keys', () => void keyring.load())
  followKeys(keyring, session, cases)
  followLink(session, cases)
}

function followKeys(keyring: Keyring, session: Session, cases: CaseList): void {
  let known = keyring.keys
  keyring.listen(() => {
    if (!keyring.keys || keyring.keys === known) return
    const isAdmitted = !known?.boxes.size && keyring.keys.boxes.size > 0
    known = keyring.keys
    session.setCentre(known)
    // The lists were empty without the centre's key.
    void cases.reload().then(() => {
      if (isAdmitted && !location.hash) moved(address(cases.start))
    })
  })
}

/** Loads the lists again after a gap, because the server may have removed events meanwhile. */
function followLink(session: Session, cases: CaseList): void {
  let gap = false
  session.listen(() => {
    if (session.link === 'live' && gap) void cases.reload()
    gap = session.link !== 'live'
  })
}
