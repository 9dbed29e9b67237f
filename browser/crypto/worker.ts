import type { Job } from './argon2'
import { CryptoFailure } from './failure'
import type { Bytes } from './types'

interface Policy {
  createScriptURL(address: string): string
}
interface TrustedTypes {
  createPolicy(name: string, rules: Policy): Policy
}

let ready: Worker | undefined

/** Fetches the worker's program while the person is still typing the password. */
export function warmUp(): void {
  if (ready) return
  ready = new Worker(trusted(address()))
  // The download failed. `argon2` tries again and reports a failure.
  ready.onerror = () => {
    ready = undefined
  }
}

/** Runs Argon2id in a worker that ends afterwards: its memory must not outlive the password. */
export function argon2(job: Job): Promise<Bytes> {
  return new Promise<Bytes>((resolve, reject) => {
    const worker = ready ?? new Worker(trusted(address()))
    ready = undefined
    const end = (key: Bytes | null) => {
      worker.terminate()
      if (key) resolve(key)
      else reject(new CryptoFailure('no key could be derived'))
    }
    worker.onmessage = ({ data }: MessageEvent<Bytes | null>) => end(data)
    worker.onerror = () => end(null)
    // Transferred, so that no copy of the password stays on this side.
    worker.postMessage(job, [job.password.buffer])
  })
}

function address(): string {
  const found = document.getElementById('app')?.dataset.worker
  if (!found) throw new CryptoFailure('the page names no worker')
  return found
}

let policy: Policy | undefined

/** Our only Trusted Types policy allows the address that the page names first, and no other. */
function trusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  policy ??= trustedTypes?.createPolicy('lotse', {
    createScriptURL(given) {
      if (given !== address) throw new CryptoFailure('not the address of the worker')
      return given
    },
  })
  return policy ? policy.createScriptURL(address) : address
}
