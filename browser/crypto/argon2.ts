/** The worker derives one key and answers with the key, or with null if it failed. */
import { argon2id } from 'hash-wasm'
import type { Bytes } from './types'

export interface Job {
  password: Bytes
  salt: Bytes
  /** In KiB. */
  memory: number
  passes: number
}

const worker = self as unknown as DedicatedWorkerGlobalScope

worker.onmessage = async ({ data }: MessageEvent<Job>) => {
  try {
    const key = await argon2id({
      password: data.password,
      salt: data.salt,
      memorySize: data.memory,
      iterations: data.passes,
      parallelism: 1,
      hashLength: 32,
      outputType: 'binary',
    })
    worker.postMessage(key, [key.buffer as ArrayBuffer])
  } catch {
    // The error, perhaps of too little memory, is dropped: it could carry the password out.
    worker.postMessage(null)
  } finally {
    data.password.fill(0)
  }
}
