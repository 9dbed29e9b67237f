import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Dialog } from '../shared/dialog'
import { copy } from '../shared/keep'
import { explain } from '../shared/problems'
import { toast } from '../shared/toast'
import { t } from '../shared/words'
import type { About } from './about-bar'
import { EDITABLE_FOR } from './edits'
import { type Entry, stateOf } from './entry'
import { Icon, type IconName } from './icons'
import type { Point } from './log'
import { whoCanRead } from './notices'
import type { Thread } from './thread'
import { longTime } from './times'

interface Props {
  thread: Thread
  entry: Entry
  at: Point
  onClose(): void
  /** Starts a reply or an edit; undefined if the person may not write. */
  onWrite: ((about: About) => void) | undefined
}

type Step = 'menu' | 'withdraw' | 'info'

export function MessageMenu(props: Props) {
  const [step, setStep] = useState<Step>('menu')
  if (step === 'withdraw') return <Withdraw {...props} />
  if (step === 'info') return <Info {...props} />
  return <Menu {...props} onStep={setStep} />
}

function Menu({ entry, at, onClose, onStep, onWrite }: Props & { onStep(step: Step): void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const { content } = entry
  const words =
    content.kind === 'text' ? content.text : content.kind === 'file' ? content.caption : ''
  const armed = useRef(false)
  const arm = () => {
    armed.current = true
  }
  useLayoutEffect(() => {
    dialog.current?.showModal()
    if (dialog.current) place(dialog.current, at)
    // No close() on removal: the browser closes the dialog, and close() would fire an event that
    // also ends the next step.
  }, [])
  const item = (icon: IconName, act: () => void) => (
    <button type="button" role="menuitem" onClick={act}>
      <Icon name={icon} />
      {t(`chat.menu-${icon}`)}
    </button>
  )
  return (
    <dialog
      class="message-menu"
      ref={dialog}
      aria-label={t('chat.menu')}
      onClose={onClose}
      onPointerDown={arm}
      // Lifting the finger after the long press that opened the menu must not choose an item.
      onClickCapture={(event) => {
        if (!armed.current && event.detail > 0) event.stopPropagation()
      }}
      onClick={(event) => event.target === event.currentTarget && armed.current && onClose()}
      onKeyDown={walkItems}
    >
      <div role="menu">
        {onWrite && mayAnswer(entry) && item('reply', () => onWrite({ what: 'reply', entry }))}
        {words &&
          item('copy', () => {
            onClose()
            void copy(words)
          })}
        {onWrite && mayChange(entry) && item('edit', () => onWrite({ what: 'edit', entry }))}
        {item('info', () => onStep('info'))}
        {entry.mine &&
          entry.number !== undefined &&
          content.kind !== 'withdrawn' &&
          item('undo', () => onStep('withdraw'))}
      </div>
    </dialog>
  )
}

const mayAnswer = ({ number, content }: Entry) =>
  number !== undefined && content.kind !== 'withdrawn' && content.kind !== 'unreadable'

const mayChange = ({ mine, number, content, at }: Entry) =>
  mine && number !== undefined && content.kind === 'text' && Date.now() - at < EDITABLE_FOR

function Withdraw({ thread, entry, onClose }: Props) {
  const [busy, setBusy] = useState(false)
  const withdraw = async () => {
    setBusy(true)
    try {
      await thread.withdraw(entry.id)
      onClose()
    } catch (error) {
      setBusy(false)
      toast(explain(error))
    }
  }
  return (
    <Dialog title={t('chat.withdraw-title')} onClose={onClose}>
      <p>{t('chat.withdraw-what')}</p>
      <div class="bar dialog-actions">
        <button type="button" class="button quiet" onClick={onClose}>
          {t('chat.cancel')}
        </button>
        <button type="button" class="button danger" disabled={busy} onClick={withdraw}>
          {t('chat.menu-undo')}
        </button>
      </div>
    </Dialog>
  )
}

function Info({ thread, entry, onClose }: Props) {
  const state = stateOf(entry, thread.info.others)
  return (
    <Dialog title={t('chat.menu-info')} onClose={onClose}>
      <dl class="facts">
        <dt>{t(entry.mine ? 'chat.sent-at' : 'chat.came-at')}</dt>
        <dd>{longTime(entry.at)}</dd>
        {entry.mine && (
          <>
            <dt>{t('chat.state')}</dt>
            <dd>{t(`chat.state.${state}`)}</dd>
          </>
        )}
      </dl>
      <p class="soft small">{whoCanRead(thread)}</p>
    </Dialog>
  )
}

/** Puts the menu next to the finger or pointer, but inside the window. */
function place(dialog: HTMLDialogElement, { x, y }: Point) {
  const { offsetWidth: width, offsetHeight: height, style } = dialog
  style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`
  style.top = `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`
}

function walkItems(event: KeyboardEvent) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!by) return
  event.preventDefault()
  const items = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('button')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  items[(at + by + items.length) % items.length]?.focus()
}
