import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useChanges } from '../shared/changes'
import { later } from '../shared/later'
import { lazy } from '../shared/lazy'
import { explain } from '../shared/problems'
import { t, useLanguage } from '../shared/words'
import type { About } from './about-bar'
import { Announcer } from './announcer'
import { Composer } from './composer'
import type { Entry } from './entry'
import type { Found } from './found'
import { Head } from './head'
import { LinkBar } from './link-bar'
import { Log, type Point } from './log'
import { Safe, Standing } from './notices'
import type { Session } from './session'
import type { Thread } from './thread'

interface Props {
  session: Session
  conversationId: string
  /** Shows a back button, for narrow screens. */
  onBack?: (() => void) | undefined
  /** Replaces the title. */
  header?: ComponentChildren
  /** Buttons at the end of the header. */
  actions?: ComponentChildren
  /** Shows no composer, for example in a case that no counsellor has taken yet. */
  readOnly?: boolean
  /** Stands above the composer. */
  notice?: ComponentChildren
}

const MessageMenu = lazy(
  later(() => import('./message-menu')),
  (module) => module.MessageMenu,
)
const Search = lazy(
  later(() => import('./search')),
  (module) => module.Search,
)

/** One conversation. It fills its parent, whose height must be set. */
export function ConversationView(props: Props) {
  const { session, conversationId } = props
  const [thread, setThread] = useState<Thread>()
  const [problem, setProblem] = useState<unknown>()
  useEffect(() => {
    let left = false
    setThread(undefined)
    setProblem(undefined)
    session.thread(conversationId).then(
      (found) => {
        if (left) return
        setThread(found)
        void found.open()
      },
      (error) => left || setProblem(error),
    )
    return () => {
      left = true
    }
  }, [session, conversationId])
  if (problem) return <p class="talk-problem">{explain(problem)}</p>
  if (thread?.id !== conversationId) return <Waiting />
  return <Talk key={conversationId} {...props} thread={thread} />
}

function Talk({
  thread,
  session,
  onBack,
  header,
  actions,
  readOnly,
  notice,
}: Props & { thread: Thread }) {
  useLanguage()
  useChanges(thread, session)
  const [found, setFound] = useState<Found>()
  const [searching, setSearching] = useState(false)
  const [menu, setMenu] = useState<{ entry: Entry; at: Point }>()
  const [about, setAbout] = useState<About>()
  const write = (chosen: About) => {
    setMenu(undefined)
    setAbout(chosen)
  }
  const mayWrite = !readOnly && !CLOSED.has(thread.state)
  const section = useRef<HTMLElement>(null)
  const closeMenu = () => {
    const row = menu && section.current?.querySelector<HTMLElement>(`[data-id="${menu.entry.id}"]`)
    setMenu(undefined)
    row?.focus({ preventScroll: true })
  }
  return (
    <section class="talk" ref={section}>
      <Head
        thread={thread}
        onBack={onBack}
        onSearch={() => setSearching(!searching)}
        header={header}
        actions={actions}
      />
      {searching && (
        <Search
          thread={thread}
          onFound={setFound}
          onClose={() => {
            setSearching(false)
            setFound(undefined)
          }}
        />
      )}
      <LinkBar session={session} />
      <Body thread={thread} found={found} onMenu={(entry, at) => setMenu({ entry, at })} />
      {notice}
      {mayWrite && <Composer thread={thread} about={about} onEnd={() => setAbout(undefined)} />}
      {menu && (
        <MessageMenu
          thread={thread}
          entry={menu.entry}
          at={menu.at}
          onClose={closeMenu}
          onWrite={mayWrite ? write : undefined}
        />
      )}
      <Announcer thread={thread} />
    </section>
  )
}

/** States in which the person cannot write. */
const CLOSED = new Set<Thread['state']>(['locked', 'erased'])

interface BodyProps {
  thread: Thread
  found: Found | undefined
  onMenu(entry: Entry, at: Point): void
}

function Body({ thread, found, onMenu }: BodyProps) {
  if (thread.state === 'erased') return <Erased />
  if (thread.state === 'locked') return <p class="talk-problem">{t('chat.locked')}</p>
  if (thread.state === 'offline' && thread.entries.length === 0) {
    return (
      <div class="talk-problem">
        <p>{t('problem.offline')}</p>
        <button type="button" class="button quiet" onClick={() => thread.open()}>
          {t('chat.retry')}
        </button>
      </div>
    )
  }
  if (thread.state !== 'open' && thread.entries.length === 0) return <Waiting />
  return (
    <Log
      thread={thread}
      found={found}
      onMenu={onMenu}
      head={<Safe thread={thread} />}
      foot={<Standing thread={thread} />}
    />
  )
}

/** Shown if the client has deleted the account while the conversation was open. */
export function Erased() {
  return (
    <div class="talk-problem" role="status">
      <p>
        <strong>{t('chat.erased')}</strong>
      </p>
      <p class="soft">{t('chat.erased-why')}</p>
    </div>
  )
}

/** Grey shapes of the messages that are being loaded. */
function Waiting() {
  return (
    <div class="talk-waiting" role="status">
      <span class="visually-hidden">{t('chat.loading')}</span>
      {['theirs', 'mine', 'theirs'].map((side, index) => (
        <div key={index} class={`skeleton bubble-ghost ${side}`} />
      ))}
    </div>
  )
}
