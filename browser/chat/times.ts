import { language, locale, t } from '../shared/words'

const DAY = 24 * 3600_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** Caches formatters: making one takes milliseconds, and a conversation shows hundreds of times. */
function format(at: number | Date, options: Intl.DateTimeFormatOptions): string {
  const key = language() + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options)
  formats.set(key, known)
  return known.format(at)
}

export const clock = (at: number) => format(at, { timeStyle: 'short' })

/** Days since 1970 on the local calendar. */
export function dayNumber(at: number): number {
  const date = new Date(at)
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY)
}

/** "Today", "Yesterday", "Tuesday", "3 March 2026". */
export function dayName(at: number): string {
  const ago = dayNumber(Date.now()) - dayNumber(at)
  if (ago === 0 || ago === 1) return t(ago ? 'chat.yesterday' : 'chat.today')
  if (ago > 1 && ago < 7) return format(at, { weekday: 'long' })
  return format(at, { dateStyle: 'long' })
}

/** The time of day, "Yesterday", a weekday or a date: short enough for a list. */
export function listTime(at: number): string {
  const ago = dayNumber(Date.now()) - dayNumber(at)
  if (ago === 0) return clock(at)
  if (ago === 1) return t('chat.yesterday')
  if (ago < 7) return format(at, { weekday: 'short' })
  return format(at, { dateStyle: 'short' })
}

export const longTime = (at: number) => format(at, { dateStyle: 'full', timeStyle: 'short' })

export const dateOf = (iso: string) => format(Date.parse(iso), { day: 'numeric', month: 'long' })

function dayToCome(days: number, at: number, iso: string): string {
  if (days === 0 || days === 1) return t(days ? 'chat.tomorrow' : 'chat.today')
  return days > 1 && days < 7 ? format(at, { weekday: 'long' }) : dateOf(iso)
}

/** A future time: "Tuesday, 14:00". */
export function dueTime(iso: string): string {
  const at = Date.parse(iso)
  const days = dayNumber(at) - dayNumber(Date.now())
  return t('chat.due', { day: dayToCome(days, at, iso), time: clock(at) })
}

/** "1:05" */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

const UNITS = ['byte', 'kilobyte', 'megabyte'] as const

export function fileSize(bytes: number): string {
  const power = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2
  const options = { style: 'unit', unit: UNITS[power], unitDisplay: 'short' } as const
  const digits = { maximumFractionDigits: power === 2 ? 1 : 0 }
  return new Intl.NumberFormat(locale(), { ...options, ...digits }).format(bytes / 1000 ** power)
}
