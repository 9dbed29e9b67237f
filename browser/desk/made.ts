// Keeps the formats of Intl: making one takes longer than drawing a row with it.
import { locale } from '../shared/words'

const formats = new Map<string, unknown>()

/** `name` must be unique among all formats; the interface's language is added to it. */
export function made<Format>(name: string, make: () => Format): Format {
  const key = `${locale()} ${name}`
  const format = (formats.get(key) as Format | undefined) ?? make()
  formats.set(key, format)
  return format
}
