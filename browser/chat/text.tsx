import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../shared/words'

const LONG = 900
const LONG_LINES = 14
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`/.][^\s<>"'`]*/gi
/** Punctuation after an address is not part of it. */
const TRAILING = /[.,;:!?)\]}»”’…،؛؟]+$/u
const EMOJI =
  /^(?:\p{RI}\p{RI}|\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?)*){1,4}$/u

export const isBigEmoji = (text: string) => text.length < 50 && EMOJI.test(text.trim())

interface Props {
  text: string
  /** Ranges that the search has found, ascending. */
  marks?: readonly (readonly [number, number])[] | undefined
}

/** A message's text. Addresses become links, and long texts are folded. */
export function Text({ text, marks }: Props) {
  const [whole, setWhole] = useState(false)
  const end = whole || marks?.length ? text.length : foldAt(text)
  return (
    <>
      {pieces(text.slice(0, end), marks ?? [])}
      {end < text.length && (
        <>
          {'… '}
          <button type="button" class="read-more" onClick={() => setWhole(true)}>
            {t('chat.read-more')}
          </button>
        </>
      )}
    </>
  )
}

function foldAt(text: string): number {
  const line = text.split('\n', LONG_LINES).join('\n').length
  const limit = Math.min(line, LONG)
  if (text.length < limit * 1.3) return text.length
  const space = text.lastIndexOf(' ', limit)
  return space > limit / 2 ? space : limit
}

function pieces(text: string, marks: readonly (readonly [number, number])[]): ComponentChildren {
  const parts: ComponentChildren[] = []
  let at = 0
  for (const found of text.matchAll(ADDRESS)) {
    const address = found[0].replace(TRAILING, '')
    const end = found.index + address.length
    parts.push(marked(text, at, found.index, marks))
    parts.push(
      <a href={address} target="_blank" rel="noopener noreferrer" dir="ltr">
        {marked(text, found.index, end, marks)}
      </a>,
    )
    at = end
  }
  parts.push(marked(text, at, text.length, marks))
  return parts
}

function marked(
  text: string,
  from: number,
  to: number,
  marks: readonly (readonly [number, number])[],
): ComponentChildren {
  const parts: ComponentChildren[] = []
  let at = from
  for (const [start, end] of marks) {
    if (end <= from || start >= to) continue
    parts.push(text.slice(at, Math.max(start, from)))
    parts.push(<mark>{text.slice(Math.max(start, from), Math.min(end, to))}</mark>)
    at = Math.min(end, to)
  }
  parts.push(text.slice(at, to))
  return parts
}
