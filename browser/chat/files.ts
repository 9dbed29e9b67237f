import type { FileContent } from '../crypto'
import { fromBase64url } from '../crypto/bytes'
import { CryptoFailure } from '../crypto/failure'
import { FileHash, openChunk, paddedSize } from '../crypto/file'
import { errorOf, type Head, headOf, isRefusal, succeeds } from '../shared/answer'
import { ApiProblem, Offline } from '../shared/api'
import { newId } from '../shared/ids'
import { insist, later } from '../shared/later'
import { CHUNK_BYTES, FILE_BYTES } from '../shared/limits'
import { explain } from '../shared/problems'
import { authorization } from '../shared/unlocked'
import { t } from '../shared/words'
import { chunksOf } from '../stream/storage'
import type { Thread } from './thread'

type About = Omit<FileContent, 'kind' | 'blob' | 'key' | 'hash' | 'chunks' | 'size'>

const uploading = later(() => import('../stream/upload'))

const sealing = new Map<string, AbortController>()

/** Shows the file at once, seals it chunk by chunk and puts it into the outbox. */
export async function sendFile(thread: Thread, file: Blob, about: About): Promise<void> {
  const { storage, files } = thread.context
  const blob = newId()
  const unsealed = { kind: 'file', blob, key: '', hash: '', chunks: 0, size: file.size } as const
  const content: FileContent = { ...unsealed, ...about }
  files.set(blob, Promise.resolve(file))
  const entry = thread.begin(content)
  const cancel = new AbortController()
  sealing.set(entry.id, cancel)
  try {
    const { sealFile } = await insist(uploading, cancel.signal)
    await sealFile(storage, { conversation: thread.id, blob }, file, cancel.signal, (sealed) =>
      thread.post(entry, { ...content, ...sealed }, [{ id: blob, chunks: sealed.chunks }]),
    )
    // If cancelled after the last chunk, the message is in the outbox already.
    cancel.signal.throwIfAborted()
  } catch (error) {
    thread.drop(entry.id)
    await thread.context.outbox.discard(entry.id).catch(() => undefined)
    await storage.delete('chunks', chunksOf(blob)).catch(() => undefined)
    if (!cancel.signal.aborted) throw error
  } finally {
    sealing.delete(entry.id)
  }
}

/** Explains why this device could not send the file. */
export function explainFile(error: unknown): string {
  const full = error instanceof DOMException && error.name === 'QuotaExceededError'
  return full ? t('chat.no-room') : explain(error)
}

export function cancelSending(thread: Thread, id: string) {
  sealing.get(id)?.abort()
  void thread.context.outbox.discard(id)
}

/** Fetches and opens a file, once per session. Rejects if its hash or size is wrong. */
export function openFile(
  thread: Thread,
  content: FileContent,
  progress: (share: number) => void,
): Promise<Blob> {
  const { files } = thread.context
  const known = files.get(content.blob)
  if (known) return known
  const coming = download(thread.id, content, progress)
  files.set(content.blob, coming)
  coming.catch(() => files.delete(content.blob))
  return coming
}

async function download(
  conversation: string,
  { blob, key, hash, chunks, type, size }: FileContent,
  progress: (share: number) => void,
): Promise<Blob> {
  const padded = paddedSize(size)
  const fits = size > 0 && size <= FILE_BYTES && chunks === Math.ceil(padded / CHUNK_BYTES)
  if (!fits) throw new CryptoFailure('not a file')
  const seen = new FileHash()
  const parts: Blob[] = []
  for (let index = 0; index < chunks; index++) {
    progress(index / chunks)
    const sealed = await fetchChunk(`/live/blobs/${conversation}/${blob}/${index}`)
    await seen.add(index, sealed)
    const last = index === chunks - 1
    const place = { conversation, blob }
    // One Blob for each chunk: browsers keep Blobs out of the page's memory.
    parts.push(new Blob([await openChunk(fromBase64url(key), place, index, last, sealed)]))
  }
  if ((await seen.digest(chunks)) !== hash) throw new CryptoFailure('wrong file hash')
  const whole = new Blob(parts)
  if (whole.size !== padded) throw new CryptoFailure('wrong file size')
  return whole.slice(0, size, shownType(type))
}

async function fetchChunk(address: string): Promise<Uint8Array<ArrayBuffer>> {
  let head: Head
  let bytes: ArrayBuffer
  try {
    const response = await fetch(address, { headers: authorization() })
    head = headOf(response)
    bytes = await response.arrayBuffer()
  } catch (error) {
    throw new Offline(String(error))
  }
  if (succeeds(head, 'application/octet-stream')) return new Uint8Array(bytes)
  if (isRefusal(head) && head.status === 404) throw new ApiProblem('gone', 404, undefined, {})
  throw errorOf(head, '')
}

const SHOWN = /^(image\/(jpeg|png|webp|gif)|audio\/(webm|mp4|ogg|mpeg))(;|$)/

/** Prevents blob addresses of HTML or SVG: scripts in such files would run on our origin. */
const shownType = (type: string) => (SHOWN.test(type) ? type : 'application/octet-stream')

export const isPicture = ({ type, width, height }: FileContent) =>
  /^image\/(jpeg|png|webp|gif)$/.test(type) && !!width && !!height

export const isVoice = ({ type, seconds }: FileContent) =>
  type.startsWith('audio/') && seconds !== undefined

/** Removes marks that reverse the writing direction: they could disguise the file's type. */
export const safeName = (name: string) =>
  name.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069/\\]/gu, '').slice(0, 200) || 'file'

export function save(blob: Blob, name: string) {
  const address = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = address
  link.download = safeName(name)
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
