// A counsellor's absences. Clients who write meanwhile get an answer at once, in their language.
import { useState } from 'preact/hooks'
import { api } from '../../shared/api'
import { explain } from '../../shared/problems'
import { t } from '../../shared/words'
import { Icon } from '../icons'
import { WhenLoaded } from '../states'
import { calendarDay, today } from '../times'
import { useLoaded } from '../use-loaded'
import type { Absence } from '../wire'

const PATH = '/api/desk/absences'

export function AbsencesPage() {
  const loaded = useLoaded<{ absences: Absence[] }>(PATH)
  return (
    <>
      <h1>{t('desk.absences')}</h1>
      <p class="page-intro">{t('desk.absences-hint')}</p>
      <WhenLoaded from={loaded}>
        {({ absences }) => (
          <div class="absences">
            <AddAbsence onAdded={loaded.again} />
            <List absences={absences} onRemoved={loaded.again} />
          </div>
        )}
      </WhenLoaded>
    </>
  )
}

function AddAbsence({ onAdded }: { onAdded(): void }) {
  const [first, setFirst] = useState(today())
  const [last, setLast] = useState(today())
  const [problem, setProblem] = useState('')
  const add = async (event: Event) => {
    event.preventDefault()
    setProblem('')
    try {
      await api('POST', PATH, { first_day: first, last_day: last })
      onAdded()
    } catch (error) {
      setProblem(explain(error))
    }
  }
  return (
    <form class="card absence-form" onSubmit={(event) => void add(event)}>
      <h2>{t('desk.absence-new')}</h2>
      <div class="absence-days">
        <Day
          label={t('desk.first-day')}
          min={today()}
          value={first}
          onDay={(day) => {
            setFirst(day)
            if (last < day) setLast(day)
          }}
        />
        <Day label={t('desk.last-day')} min={first} value={last} onDay={setLast} />
        <button type="submit" class="button">
          {t('desk.absence-add')}
        </button>
      </div>
      {problem && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
    </form>
  )
}

function Day(props: { label: string; min: string; value: string; onDay(day: string): void }) {
  return (
    <label class="field">
      <span>{props.label}</span>
      <input
        class="input"
        type="date"
        required
        min={props.min}
        value={props.value}
        onInput={(event) => props.onDay(event.currentTarget.value)}
      />
    </label>
  )
}

function List({ absences, onRemoved }: { absences: Absence[]; onRemoved(): void }) {
  const [problem, setProblem] = useState('')
  if (absences.length === 0) return <p class="soft">{t('desk.absences-none')}</p>
  const remove = (id: string) =>
    api('DELETE', `${PATH}/${id}`).then(onRemoved, (error) => setProblem(explain(error)))
  return (
    <>
      {problem && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      <ul class="absence-list">
        {absences.map(({ id, first_day, last_day }) => (
          <li class="card" key={id}>
            <Icon name="calendar" />
            <span class="absence-span">
              {first_day === last_day
                ? calendarDay(first_day)
                : t('desk.span', { first: calendarDay(first_day), last: calendarDay(last_day) })}
              {first_day <= today() && today() <= last_day && (
                <span class="chip chosen">{t('desk.away-now')}</span>
              )}
            </span>
            <button
              type="button"
              class="button icon-only"
              aria-label={t('desk.absence-remove', { day: calendarDay(first_day) })}
              onClick={() => void remove(id)}
            >
              <Icon name="remove" />
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
