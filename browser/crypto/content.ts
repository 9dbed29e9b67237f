/** What a message may say. The other side's browser is not ours: every field is checked. */
import { fromUtf8 } from './bytes'
import { CryptoFailure } from './failure'
import type { Bytes, Content, FileContent, UnknownContent } from './types'

export function readContent(plain: Bytes): Content | UnknownContent {
  let json: unknown
  try {
    json = JSON.parse(fromUtf8(plain))
  } catch {
    throw new CryptoFailure('not a message')
  }
  const fields = (typeof json === 'object' ? json : null) as Record<string, unknown> | null
  if (fields?.kind === 'text' && typeof fields.text === 'string') {
    return { kind: 'text', text: fields.text }
  }
  return (fields?.kind === 'file' && readFile(fields)) || { kind: 'unknown' }
}

function readFile(fields: Record<string, unknown>): FileContent | undefined {
  const { kind, blob, key, hash, chunks, name, type, size, preview, ...numbers } = fields
  const texts = [blob, key, hash, name, type]
  if (!texts.every((text) => typeof text === 'string') || !isCount(chunks) || !isCount(size)) return
  const optional: Pick<FileContent, 'preview' | 'width' | 'height' | 'seconds'> = {}
  if (typeof preview === 'string') optional.preview = preview
  for (const field of ['width', 'height', 'seconds'] as const) {
    const value = numbers[field]
    if (typeof value === 'number' && value >= 0 && value < 1e6) optional[field] = value
  }
  return { kind: 'file', blob, key, hash, chunks, name, type, size, ...optional } as FileContent
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
