/** Reads the content of messages. Another person's browser may send anything: check every field. */
import { fromUtf8 } from './bytes'
import { CryptoFailure } from './failure'
import type {
  Bytes,
  CardContent,
  Content,
  EditContent,
  FileContent,
  Name,
  TextContent,
  UnknownContent,
} from './types'

type Fields = Record<string, unknown>

/** The most messages that one message may name. */
export const MAX_NAMED = 32
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** A path of our own origin. After `//` or `/\`, browsers would read another host. */
const OWN_PATH = /^\/(?:[^/\\\s][^\\\s]*)?$/

const READERS = new Map<unknown, (fields: Fields) => Content | undefined>([
  ['text', readText],
  ['file', readFile],
  ['edit', readEdit],
  ['card', readCard],
])

export function readContent(plain: Bytes): Content | UnknownContent {
  let json: unknown
  try {
    json = JSON.parse(fromUtf8(plain))
  } catch {
    throw new CryptoFailure('not a message')
  }
  const fields = (typeof json === 'object' && json ? json : {}) as Fields
  const content = READERS.get(fields.kind)?.(fields) ?? ({ kind: 'unknown' } as const)
  const after = readNames(fields.after)
  return after.length ? { ...content, after } : content
}

function readText(fields: Fields): TextContent | undefined {
  const { text } = fields
  return typeof text === 'string' ? { kind: 'text', text, ...readReply(fields) } : undefined
}

function readFile(fields: Fields): FileContent | undefined {
  const { kind, blob, key, hash, chunks, name, type, size, preview, caption, ...numbers } = fields
  const texts = [blob, key, hash, name, type]
  if (!texts.every((text) => typeof text === 'string') || !isCount(chunks) || !isCount(size)) return
  const optional: Partial<FileContent> = readReply(fields)
  if (typeof preview === 'string') optional.preview = preview
  if (typeof caption === 'string' && caption) optional.caption = caption
  for (const field of ['width', 'height', 'seconds'] as const) {
    const value = numbers[field]
    if (typeof value === 'number' && value >= 0 && value < 1e6) optional[field] = value
  }
  return { kind: 'file', blob, key, hash, chunks, name, type, size, ...optional } as FileContent
}

/** The chat sees both messages and decides whether to allow the edit (browser/chat/edits.ts). */
function readEdit({ of, text }: Fields): EditContent | undefined {
  return isId(of) && typeof text === 'string' ? { kind: 'edit', of, text } : undefined
}

function readCard(fields: Fields): CardContent | undefined {
  const { title, text, link } = fields
  if (typeof title !== 'string' || typeof text !== 'string') return
  if (typeof link !== 'string' || !OWN_PATH.test(link)) return
  return { kind: 'card', title, text, link, ...readReply(fields) }
}

const readReply = ({ reply }: Fields): { reply?: string } => (isId(reply) ? { reply } : {})

function readNames(after: unknown): Name[] {
  if (!Array.isArray(after)) return []
  const names = after.filter((one) => Array.isArray(one) && isId(one[0]) && isCount(one[1]))
  return names.slice(0, MAX_NAMED).map(([id, number]) => [id, number])
}

const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value)

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
