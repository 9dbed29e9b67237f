// Working hours by weekday. A break splits a day into two spans.
import { t } from '../../shared/words'
import { Icon } from '../icons'
import { weekday } from '../times'
import type { Hours } from '../wire'

type Span = [string, string]
const DAYS = [1, 2, 3, 4, 5, 6, 7]
const SPANS = 3

interface Props {
  hours: Hours
  onHours(hours: Hours): void
}

export function HoursEditor({ hours, onHours }: Props) {
  const set = (day: number, spans: Span[]) => {
    const { [String(day)]: _, ...others } = hours
    onHours(spans.length ? { ...others, [day]: spans } : others)
  }
  return (
    <fieldset class="field hours">
      <legend>{t('desk.hours')}</legend>
      <p class="hint">{t('desk.hours-hint')}</p>
      {DAYS.map((day) => (
        <Day key={day} day={day} spans={hours[day] ?? []} onSpans={(spans) => set(day, spans)} />
      ))}
    </fieldset>
  )
}

function Day(props: { day: number; spans: Span[]; onSpans(spans: Span[]): void }) {
  const { day, spans, onSpans } = props
  const name = weekday(day)
  const replace = (at: number, span: Span) =>
    onSpans(spans.map((old, index) => (index === at ? span : old)))
  return (
    <fieldset class="hours-day" aria-label={name}>
      <label class="hours-name">
        <input
          type="checkbox"
          checked={spans.length > 0}
          onChange={() => onSpans(spans.length ? [] : [['09:00', '17:00']])}
        />
        {name}
      </label>
      <div class="hours-spans">
        {spans.length === 0 && <span class="soft">{t('desk.hours-off')}</span>}
        {spans.map((span, at) => (
          <div class="hours-span" key={at}>
            <Time
              label={t('desk.from')}
              value={span[0]}
              onTime={(v) => replace(at, [v, span[1]])}
            />
            <span aria-hidden="true">–</span>
            <Time label={t('desk.to')} value={span[1]} onTime={(v) => replace(at, [span[0], v])} />
            {spans.length > 1 && (
              <button
                type="button"
                class="button icon-only"
                aria-label={t('desk.remove-span')}
                onClick={() => onSpans(spans.filter((_, index) => index !== at))}
              >
                <Icon name="close" />
              </button>
            )}
          </div>
        ))}
      </div>
      {spans.length > 0 && spans.length < SPANS && (
        <button
          type="button"
          class="button icon-only"
          aria-label={t('desk.add-span')}
          title={t('desk.add-span')}
          onClick={() => onSpans([...spans, ['', '']])}
        >
          <Icon name="plus" />
        </button>
      )}
    </fieldset>
  )
}

function Time(props: { label: string; value: string; onTime(value: string): void }) {
  return (
    <input
      class="input"
      type="time"
      required
      aria-label={props.label}
      value={props.value}
      onInput={(event) => props.onTime(event.currentTarget.value)}
    />
  )
}

/** Whether every span ends after its start, and starts after the previous span. */
export function inOrder(hours: Hours): boolean {
  return Object.values(hours).every((spans) => {
    const times = spans.flat()
    return times.every((time, at) => time && (at === 0 || (times[at - 1] ?? '') < time))
  })
}
