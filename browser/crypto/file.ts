/** Files in chunks: each is AES-256-GCM under the file's own key, its place and end in the nonce. */
import { concat, random, sha256, toBase64url } from './bytes'
import { context } from './context'
import { CryptoFailure } from './failure'
import { importKey } from './secret'
import type { Bytes, FilePlace } from './types'

const KEY = 32
const TAG = 16

/** For one file and never again: a nonce says only which chunk it is. */
export function newFileKey(): Bytes {
  return random(KEY)
}

export async function sealChunk(
  key: Bytes,
  place: FilePlace,
  index: number,
  last: boolean,
  plain: Bytes,
): Promise<Bytes> {
  const imported = await importFileKey(key)
  return new Uint8Array(
    await crypto.subtle.encrypt(parameters(place, index, last), imported, plain),
  )
}

export async function openChunk(
  key: Bytes,
  place: FilePlace,
  index: number,
  last: boolean,
  sealed: Bytes,
): Promise<Bytes> {
  const imported = await importFileKey(key)
  try {
    const plain = await crypto.subtle.decrypt(parameters(place, index, last), imported, sealed)
    return new Uint8Array(plain)
  } catch {
    throw new CryptoFailure('a part of the file cannot be opened')
  }
}

/** Collects the sealed chunks' tags, in any order, e.g. after a resumed upload. */
export class FileHash {
  readonly #tags: Bytes[] = []

  add(index: number, sealed: Bytes): void {
    this.#tags[index] = sealed.slice(-TAG)
  }

  /** Throws CryptoFailure when a chunk below `chunks` is missing. */
  async digest(chunks: number): Promise<string> {
    const tags = Array.from({ length: chunks }, (_, index) => this.#tags[index])
    if (!tags.every((tag) => tag !== undefined)) throw new CryptoFailure('a part is missing')
    return toBase64url(await sha256(concat(...tags)))
  }
}

function importFileKey(key: Bytes): Promise<CryptoKey> {
  if (key.length !== KEY) throw new CryptoFailure('not a file key')
  return importKey(key)
}

function parameters({ conversation, blob }: FilePlace, index: number, last: boolean) {
  const iv = new Uint8Array(12)
  new DataView(iv.buffer).setUint32(7, index)
  iv[11] = last ? 1 : 0
  return { name: 'AES-GCM', iv, additionalData: context('file', conversation, blob) }
}
