import { useEffect, useState } from 'preact/hooks'
import { needWords, t } from '../words'
import { findDanger } from './find'
import { Numbers } from './numbers'

const PAUSE = 400

/** Whether what is being typed speaks of acute danger. Blocks nothing, reports nothing. */
export function useDanger(text: string): boolean {
  const [found, setFound] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      // Lists that did not arrive must not stand in the way of the message.
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

/** The numbers, above the button that still sends the message. */
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
