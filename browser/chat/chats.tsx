import { useEffect, useState } from 'preact/hooks'
import { useChanges } from '../shared/changes'
import { t, useLanguage } from '../shared/words'
import { AccountMenu } from './account-menu'
import { ConversationView } from './conversation'
import { Icon } from './icons'
import { ThreadRow } from './list'
import type { Session } from './session'

interface Props {
  session: Session
  open: string | undefined
}

/** A client's conversations: a list and the open one, side by side if there is room. */
export function Chats({ session, open }: Props) {
  useLanguage()
  useChanges(session)
  const threads = session.threads()
  const [current, show, back] = useCurrent(open ?? onlyOne(threads))
  useUnreadInTitle(threads.reduce((sum, thread) => sum + thread.unread, 0))
  if (!threads.length) return <Empty session={session} />
  return (
    <div class={`chats${current ? ' talking' : ''}`}>
      <nav class="chat-list" aria-label={t('chat.conversations')}>
        <header class="list-head">
          <h1>{t('chat.conversations')}</h1>
          <a class="button icon-only" href="/ask/" aria-label={t('chat.ask')}>
            <Icon name="plus" />
          </a>
          <AccountMenu session={session} />
        </header>
        <ul role="list">
          {threads.map((thread) => (
            <ThreadRow
              key={thread.id}
              thread={thread}
              current={thread.id === current}
              onOpen={() => show(thread.id)}
            />
          ))}
        </ul>
      </nav>
      {current ? (
        <ConversationView session={session} conversationId={current} onBack={back} />
      ) : (
        <p class="pick-one soft">{t('chat.pick-one')}</p>
      )}
    </div>
  )
}

function Empty({ session }: { session: Session }) {
  return (
    <div class="no-chats">
      <div class="bar list-head">
        <AccountMenu session={session} />
      </div>
      <div class="stack no-chats-words">
        <h1>{t('chat.empty-title')}</h1>
        <p>{t('chat.empty-what')}</p>
        <a class="button big" href="/ask/">
          {t('chat.ask')}
        </a>
      </div>
    </div>
  )
}

const onlyOne = (threads: { id: string }[]) => (threads.length === 1 ? threads[0]?.id : undefined)

/** Opening a conversation adds a step to the history: a phone's Back button leads to the list. */
function useCurrent(first: string | undefined) {
  const [current, setCurrent] = useState(first)
  useEffect(() => {
    if (first) history.replaceState({ talk: first }, '')
    const moved = (event: PopStateEvent) => setCurrent(event.state?.talk)
    addEventListener('popstate', moved)
    return () => removeEventListener('popstate', moved)
  }, [])
  const show = (id: string) => {
    if (current) history.replaceState({ talk: id }, '')
    else history.pushState({ talk: id, below: true }, '')
    setCurrent(id)
  }
  const back = () => {
    if (history.state?.below) return history.back()
    history.replaceState({}, '')
    setCurrent(undefined)
  }
  return [current, show, back] as const
}

function useUnreadInTitle(unread: number) {
  useEffect(() => {
    const title = document.title.replace(/^\(\d+\) /, '')
    document.title = unread ? `(${unread}) ${title}` : title
  }, [unread])
}
