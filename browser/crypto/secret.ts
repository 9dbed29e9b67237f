import { concat, random } from './bytes'
import { CryptoFailure } from './failure'
import { KEY_ID } from './sealed'
import type { Bytes, SecretKey } from './types'

const KEY = 32

/** A new key. `packed` is `key id ‖ key`, the form that is sealed or wrapped for others. */
export async function newSecret(extractable = false) {
  const packed = random(KEY_ID + KEY)
  return { packed, secret: await unpack(packed, extractable) }
}

export async function unpack(packed: Bytes, extractable = false): Promise<SecretKey> {
  if (packed.length !== KEY_ID + KEY) throw new CryptoFailure('not a key')
  return {
    id: packed.slice(0, KEY_ID),
    key: await importKey(packed.slice(KEY_ID), extractable),
  }
}

export async function pack(secret: SecretKey): Promise<Bytes> {
  const key = await crypto.subtle.exportKey('raw', secret.key)
  return concat(secret.id, new Uint8Array(key))
}

export function importKey(key: Bytes, extractable = false): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, 'AES-GCM', extractable, ['encrypt', 'decrypt'])
}
