/**
 * Parts of the program that are fetched on first use. Every `import()` must be inside `later`. If a
 * module or one of its imports fails to load, browsers may remember the failure until the page is
 * closed. Therefore `later` first fetches all files of a part and imports them afterwards.
 */
import { Offline } from './api'

const PAUSES = [300, 1_000, 3_000]
const LONGEST_PAUSE = 60_000

/**
 * Loads a part once, or again after a failure. Rejects with Offline after a few attempts. The build
 * fills in `files`: addresses of the part and of its imports (browser/build.mjs).
 */
export function later<T>(load: () => Promise<T>, files: readonly string[] = []): () => Promise<T> {
  let coming: Promise<T> | undefined
  let refused = 0

  async function attempt(): Promise<T> {
    await Promise.all(files.map(arrive))
    try {
      return await (refused && files[0] ? import(`${files[0]}?again=${refused}`) : load())
    } catch (error) {
      // The fetch succeeded, but the import failed. With a new address the browser tries again.
      refused++
      throw error
    }
  }

  return () => {
    if (!coming) {
      coming = repeated(attempt)
      coming.catch(() => {
        coming = undefined
      })
    }
    return coming
  }
}

/** Tries until the part is loaded or `signal` aborts. Calls `missing` after each failure. */
export async function insist<T>(
  load: () => Promise<T>,
  signal: AbortSignal,
  missing?: () => void,
): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await load()
    } catch {
      signal.throwIfAborted()
      missing?.()
      await pause(Math.min(LONGEST_PAUSE, 1_000 * 2 ** failures), signal)
      signal.throwIfAborted()
    }
  }
}

async function repeated<T>(attempt: () => Promise<T>): Promise<T> {
  for (const milliseconds of PAUSES) {
    try {
      return await attempt()
    } catch {
      if (!navigator.onLine) break
      await pause(milliseconds)
    }
  }
  try {
    return await attempt()
  } catch (error) {
    throw new Offline(String(error))
  }
}

/** Loads the file into the browser's cache, where `import()` finds it. */
async function arrive(file: string): Promise<void> {
  const answer = await fetch(new URL(file, import.meta.url))
  if (!answer.ok) throw new Offline(`${file}: ${answer.status}`)
  await answer.arrayBuffer()
}

/** Ends early when the network returns. */
function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    addEventListener('online', end)
    signal?.addEventListener('abort', end, { once: true })
  })
}
