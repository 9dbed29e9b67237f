/** Uploads of files. They are first sealed into IndexedDB, so that a closed tab loses nothing. */
import type { FilePlace } from '../crypto'
import { toBase64url } from '../crypto/bytes'
import { FileHash, newFileKey, paddedSize, sealChunk } from '../crypto/file'
import { errorOf, type Head, succeeds } from '../shared/answer'
import { ApiProblem, api, Offline } from '../shared/api'
import { CHUNK_BYTES } from '../shared/limits'
import { authorization } from '../shared/unlocked'
import { chunksOf, type OutboxItem, type Storage } from './storage'

const SEALING = 'lotse-sealing'
/** Milliseconds without progress after which a connection counts as dead. */
const IDLE_TIMEOUT = 60_000

export interface SealedFile {
  key: string
  hash: string
  chunks: number
}

/**
 * Seals a file chunk by chunk, with zeros up to the padded size. Only one chunk at a time is in
 * memory. `post` puts the message into the outbox.
 */
export function sealFile(
  storage: Storage,
  place: FilePlace,
  file: Blob,
  signal: AbortSignal,
  post: (sealed: SealedFile) => Promise<void>,
): Promise<void> {
  return navigator.locks.request(SEALING, { mode: 'shared' }, async () => {
    const key = newFileKey()
    const size = paddedSize(file.size)
    const chunks = Math.ceil(size / CHUNK_BYTES)
    const hash = new FileHash()
    for (let index = 0; index < chunks; index++) {
      signal.throwIfAborted()
      const at = index * CHUNK_BYTES
      const plain = new Uint8Array(Math.min(CHUNK_BYTES, size - at))
      plain.set(new Uint8Array(await file.slice(at, at + plain.length).arrayBuffer()))
      const sealed = await sealChunk(key, place, index, index === chunks - 1, plain)
      await hash.add(index, sealed)
      // Browsers keep Blobs out of the page's memory, both here and during the upload.
      await storage.put('chunks', new Blob([sealed]), [place.blob, index])
    }
    await post({ key: toBase64url(key), hash: await hash.digest(chunks), chunks })
  })
}

/** Sends the chunks that the server does not have yet. */
export async function upload(
  storage: Storage,
  { conversation, blobs }: OutboxItem,
  signal: AbortSignal,
  progress: (share: number) => void,
) {
  for (const { id, chunks } of blobs) {
    const path = `/api/conversations/${conversation}/blobs`
    const { arrived } = await api<{ arrived: number[] }>('POST', path, { id, chunks })
    let gone = arrived.length
    for (let index = 0; index < chunks; index++) {
      progress(gone / chunks)
      if (arrived.includes(index)) continue
      signal.throwIfAborted()
      const bytes = await storage.get('chunks', [id, index])
      if (!bytes) throw new ApiProblem('gone', 410, undefined, {})
      const address = `/live/blobs/${conversation}/${id}/${index}`
      await put(address, bytes, signal, (share) => progress((gone + share) / chunks))
      gone++
    }
    progress(1)
  }
}

/** Removes sealed chunks without an outbox item: their tab was closed during sealing. */
export async function sweep(storage: Storage) {
  await navigator.locks.request(SEALING, { ifAvailable: true }, async (lock) => {
    if (!lock) return
    const items = await storage.getAll('outbox')
    const wanted = new Set(items.flatMap((item) => item.blobs.map((blob) => blob.id)))
    const blobs = new Set((await storage.getAllKeys('chunks')).map(([blob]) => blob))
    for (const blob of blobs) if (!wanted.has(blob)) await storage.delete('chunks', chunksOf(blob))
  })
}

/** Uses XMLHttpRequest, because fetch does not report the progress of an upload. */
function put(
  address: string,
  bytes: Blob,
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const lost = () => reject(new Offline('upload'))
    const stop = () => request.abort()
    let watch = setTimeout(stop, IDLE_TIMEOUT)
    const settled = () => {
      clearTimeout(watch)
      signal.removeEventListener('abort', stop)
    }
    request.open('PUT', address)
    for (const [name, value] of Object.entries(authorization())) {
      request.setRequestHeader(name, value)
    }
    request.upload.onprogress = (event) => {
      clearTimeout(watch)
      watch = setTimeout(stop, IDLE_TIMEOUT)
      progress(event.loaded / event.total)
    }
    request.onload = () => {
      const head = headOf(request)
      if (succeeds(head, 'application/json')) resolve()
      else reject(errorOf(head, request.responseText))
    }
    request.onerror = request.onabort = lost
    request.onloadend = settled
    signal.addEventListener('abort', stop)
    request.send(bytes)
  })
}

const headOf = (request: XMLHttpRequest): Head => ({
  status: request.status,
  header: (name) => request.getResponseHeader(name),
})
