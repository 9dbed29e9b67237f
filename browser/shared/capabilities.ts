/** What encryption needs from a browser. Without it, nothing is sent. */

export type Lack = 'insecure' | 'browser'

/** What this browser lacks, or undefined. */
export function lack(): Lack | undefined {
  if (!window.isSecureContext) return 'insecure'
  const able =
    typeof crypto.subtle?.encrypt === 'function' &&
    typeof crypto.randomUUID === 'function' &&
    typeof WebAssembly === 'object' &&
    typeof Worker === 'function' &&
    typeof indexedDB === 'object' &&
    typeof AbortSignal.timeout === 'function' &&
    typeof HTMLDialogElement === 'function'
  return able ? undefined : 'browser'
}
