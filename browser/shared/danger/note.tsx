import { useEffect, useState } from 'preact/hooks'
import { needWords, t } from '../words'
import { findDanger } from './find'
import { Numbers } from './numbers'

const PAUSE = 400

/** Whether the typed text speaks of acute danger. This blocks nothing and reports nothing. */
export function useDanger(text: string): boolean {
  const [found, setFound] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      // If the lists cannot be loaded, the message can still be sent.
      look(text).then(setFound, () => undefined)
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return found
}

async function look(text: string): Promise<boolean> {
  const found = await findDanger(text)
  if (found) await needWords('danger')
  return found
}

/** The numbers. They stand above the send button, which still works. */
export function DangerNote({ shown }: { shown: boolean }) {
  return (
    <div role="status">
      {shown && (
        <section class="notice danger danger-note">
          <div class="stack tight">
            <h2>{t('danger.title')}</h2>
            <p>{t('danger.call')}</p>
            <Numbers />
            <p class="small">{t('danger.private')}</p>
          </div>
        </section>
      )}
    </div>
  )
}
