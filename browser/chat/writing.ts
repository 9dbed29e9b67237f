import type { RefObject } from 'preact'
import { type StateUpdater, useEffect, useRef } from 'preact/hooks'
import type { Thread } from './thread'

const DRAFT_EVERY = 400

/** Stores the draft during typing, and restores it when the conversation is opened again. */
export function useDraft(
  thread: Thread,
  text: string,
  setText: (text: StateUpdater<string>) => void,
) {
  const latest = useRef(text)
  latest.current = text
  useEffect(() => {
    const timer = setTimeout(() => thread.saveDraft(text), text ? DRAFT_EVERY : 0)
    return () => clearTimeout(timer)
  }, [thread, text])
  useEffect(() => {
    void thread.loadDraft().then(() => setText((now) => now || thread.draft))
    const keep = () => void thread.saveDraft(latest.current)
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('pagehide', keep)
      keep()
    }
  }, [thread, setText])
}

/** Accepts files that are dropped anywhere on the conversation. */
export function useDrop(field: RefObject<HTMLElement | null>, onFiles: (files: File[]) => void) {
  useEffect(() => {
    const talk = field.current?.closest<HTMLElement>('.talk')
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      const dropped = [...(event.dataTransfer?.files ?? [])]
      if (!dropped.length) return
      event.preventDefault()
      onFiles(dropped)
    }
    talk?.addEventListener('dragover', over)
    talk?.addEventListener('drop', drop)
    return () => {
      talk?.removeEventListener('dragover', over)
      talk?.removeEventListener('drop', drop)
    }
  }, [field, onFiles])
}
