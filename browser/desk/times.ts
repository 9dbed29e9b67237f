// Formats times for people, in the interface's language.

import { locale } from '../shared/words'
import { made } from './made'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Unit = 'minute' | 'hour' | 'day'

/** A duration without direction, such as "3 days" or "5 hr". */
export function lasting(iso: string, now: number): string {
  const length = Math.abs(now - Date.parse(iso))
  const [size, unit] = unitOf(length)
  const unitDisplay = unit === 'day' ? 'long' : 'short'
  const format = made(unit, () => {
    return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay })
  })
  return format.format(Math.max(1, Math.round(length / size)))
}

function unitOf(length: number): [number, Unit] {
  if (length < HOUR) return [MINUTE, 'minute']
  return length < 1.5 * DAY ? [HOUR, 'hour'] : [DAY, 'day']
}

/** The time of day if `iso` is today, otherwise the date: for the corner of a row. */
export function stamp(iso: string, now: number): string {
  const then = new Date(iso)
  const today = new Date(now).toDateString() === then.toDateString()
  return format(
    then,
    today ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' },
  )
}

export function dayAndTime(iso: string): string {
  return format(new Date(iso), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
}

/** `iso` is a day without a time. Noon keeps the day the same in every time zone. */
export function calendarDay(iso: string): string {
  return format(new Date(`${iso.slice(0, 10)}T12:00`), { dateStyle: 'long' })
}

/** The name of a weekday by its number; 1 is Monday, as in ISO 8601. */
export function weekday(number: number): string {
  return format(new Date(2024, 0, number, 12), { weekday: 'long' })
}

export function today(): string {
  const now = new Date()
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
}

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  const make = () => new Intl.DateTimeFormat(locale(), options)
  return made(JSON.stringify(options), make).format(date)
}
