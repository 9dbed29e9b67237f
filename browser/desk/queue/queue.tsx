// The list of one view, longest waiting first.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useChanges } from '../../shared/changes'
import { explain } from '../../shared/problems'
import { toast } from '../../shared/toast'
import { t } from '../../shared/words'
import type { WireConversation as Conversation } from '../../stream/wire'
import { useDesk } from '../desk'
import { useNow } from '../now'
import { type Filter, isFiltered, matches, NO_FILTER, type View, waits } from './cases'
import { Filters } from './filters'
import { focusRow, moveInQueue } from './keyboard'
import { Row } from './row'

export function Queue({ view, open }: { view: View; open: string | null }) {
  const { cases, previews } = useDesk()
  useChanges(cases, previews)
  const now = useNow()
  const [filter, setFilter] = useState(NO_FILTER)
  useEffect(() => {
    if (cases.loaded[view] === 'no') void cases.load(view)
  }, [cases, view])
  const list = cases.of(view)
  const shown = list.filter((conversation) => matches(conversation, filter, now))
  return (
    <section class="desk-queue" aria-labelledby="queue-title">
      <header class="queue-head">
        <h2 id="queue-title">{t(`desk.${view}`)}</h2>
        {cases.loaded[view] === 'yes' && <Summary list={list} shown={shown} view={view} />}
        {list.length > 5 && (
          <Filters filter={filter} onFilter={setFilter} list={list} view={view} />
        )}
      </header>
      <Body view={view} shown={shown} filter={filter} onAll={() => setFilter(NO_FILTER)}>
        <Rows list={shown} view={view} open={open} now={now} />
      </Body>
    </section>
  )
}

function Summary(props: { list: Conversation[]; shown: Conversation[]; view: View }) {
  const { list, shown, view } = props
  const waiting = list.filter(waits).length
  const words =
    shown.length < list.length
      ? t('desk.shown-of', { shown: shown.length, all: list.length })
      : [
          t('desk.case-count', { count: list.length }),
          view !== 'closed' && waiting > 0 && t('desk.waiting-count', { count: waiting }),
        ]
          .filter(Boolean)
          .join(' · ')
  return (
    // Read out only while a filter is set, not each time that a case comes or goes.
    <p class="soft small" role={shown.length < list.length ? 'status' : undefined}>
      {words}
    </p>
  )
}

interface BodyProps {
  view: View
  shown: Conversation[]
  filter: Filter
  onAll(): void
  children: ComponentChildren
}

function Body({ view, shown, filter, onAll, children }: BodyProps) {
  const { cases } = useDesk()
  if (shown.length > 0) return children
  const state = cases.loaded[view]
  if (state === 'failed') {
    return (
      <div class="desk-empty" role="alert">
        <p>{t('desk.load-failed')}</p>
        <button type="button" class="button quiet" onClick={() => void cases.load(view)}>
          {t('desk.again')}
        </button>
      </div>
    )
  }
  if (state !== 'yes') return <Skeleton />
  if (isFiltered(filter)) {
    return (
      <div class="desk-empty">
        <p>{t('desk.none-fits')}</p>
        <button type="button" class="button quiet" onClick={onAll}>
          {t('desk.show-all')}
        </button>
      </div>
    )
  }
  return (
    <div class="desk-empty">
      <p class="desk-empty-title">{t(`desk.empty-${view}`)}</p>
      <p class="soft">{t(`desk.empty-${view}-hint`)}</p>
    </div>
  )
}

function Skeleton() {
  return (
    <div class="rows" aria-busy="true">
      <p class="visually-hidden" role="status">
        {t('desk.loading')}
      </p>
      {[1, 2, 3, 4, 5].map((row) => (
        <div class="row-skeleton" key={row} aria-hidden="true">
          <span class="skeleton" />
          <span class="skeleton" />
        </div>
      ))}
    </div>
  )
}

interface RowsProps {
  list: Conversation[]
  view: View
  open: string | null
  now: number
}

function Rows({ list, view, open, now }: RowsProps) {
  const { cases } = useDesk()
  const [reached, reach] = useState<string | null>(null)
  const was = useRef<string | null>(null)
  useEffect(() => {
    // After closing a case, keyboard and screen reader continue at its row.
    if (!open && was.current) focusRow(was.current)
    was.current = open
  }, [open])
  const more = () => cases.loadMore(view).catch((problem) => toast(explain(problem)))
  // The tab key stops at one row only: the row that last had the focus, the open one, or the first.
  const stop = [reached, open].find((id) => list.some((c) => c.id === id)) ?? list[0]?.id
  return (
    <ul
      class="rows"
      aria-label={t(`desk.${view}`)}
      onKeyDown={moveInQueue}
      onFocusIn={({ target }) => reach((target as HTMLElement).dataset.case ?? null)}
    >
      {list.map((conversation) => (
        <Row
          key={conversation.id}
          conversation={conversation}
          view={view}
          now={now}
          current={conversation.id === open}
          reachable={conversation.id === stop}
        />
      ))}
      {cases.more[view] && (
        <li class="rows-more">
          <button type="button" class="button quiet" onClick={() => void more()}>
            {t('desk.more')}
          </button>
        </li>
      )}
    </ul>
  )
}
