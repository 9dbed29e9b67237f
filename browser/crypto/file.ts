/**
 * Files in chunks. Each chunk is AES-256-GCM under the file's own key. The nonce holds the number
 * of the chunk, and whether it is the last.
 */
import { concat, random, sha256, toBase64url } from './bytes'
import { context } from './context'
import { CryptoFailure } from './failure'
import { importKey } from './secret'
import type { Bytes, FilePlace } from './types'

const KEY = 32

/** Use a key for one file only: the nonces of two files are the same. */
export function newFileKey(): Bytes {
  return random(KEY)
}

/**
 * Padmé (PURBs, Nikitin et al. 2019): the padded size reveals only the leading bits of the size, as
 * many as the exponent has bits. It adds at most 12 %.
 */
export function paddedSize(size: number): number {
  if (size < 2) return size
  const exponent = Math.floor(Math.log2(size))
  const told = Math.floor(Math.log2(exponent)) + 1
  const unit = 2 ** Math.max(0, exponent - told)
  return Math.ceil(size / unit) * unit
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

/**
 * Commits to the whole ciphertext, because people who know the key can make other chunks with the
 * same tags. Chunks may be added in any order.
 */
export class FileHash {
  readonly #digests: Bytes[] = []

  async add(index: number, sealed: Bytes): Promise<void> {
    this.#digests[index] = await sha256(sealed)
  }

  /** Throws CryptoFailure if a chunk below `chunks` is missing. */
  async digest(chunks: number): Promise<string> {
    const digests = Array.from({ length: chunks }, (_, index) => this.#digests[index])
    if (!digests.every((one) => one !== undefined)) throw new CryptoFailure('a part is missing')
    return toBase64url(await sha256(concat(...digests)))
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
