import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { later } from '../shared/later'
import { lazy } from '../shared/lazy'
import { MESSAGE_BYTES } from '../shared/limits'
import { explain } from '../shared/problems'
import { toast } from '../shared/toast'
import { t } from '../shared/words'
import { type About, AboutBar } from './about-bar'
import { AttachMenu } from './attach-menu'
import { Icon } from './icons'
import type { Thread } from './thread'
import { useDraft, useDrop } from './writing'

/** Bytes that a message's text may have. The rest is room for JSON, padding and the seal. */
const LONGEST = MESSAGE_BYTES - 2048

const Recorder = lazy(
  later(() => import('./recorder')),
  (module) => module.Recorder,
)
const Emoji = lazy(
  later(() => import('./emoji')),
  (module) => module.Emoji,
)
const Danger = lazy(
  later(() => import('./danger')),
  (module) => module.Danger,
  true,
)
const SendFiles = lazy(
  later(() => import('./send-files')),
  (module) => module.SendFiles,
)

const fine = matchMedia('(pointer: fine)')

interface Props {
  thread: Thread
  /** The message that the text replies to or replaces. */
  about: About | undefined
  onEnd(): void
}

export function Composer({ thread, about, onEnd }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(thread.draft)
  const [part, setPart] = useState<'' | 'voice' | 'emoji'>('')
  const [files, setFiles] = useState<File[]>([])
  const [warned, setWarned] = useState(false)
  const edited = about?.what === 'edit' ? about.entry.id : ''
  const reply = about?.what === 'reply' ? { reply: about.entry.id } : {}
  // The text from before an edit waits until the edit is sent.
  const aside = useRef('')
  const asked = useRef(0)
  if (!edited) aside.current = text
  useDraft(thread, edited ? aside.current : text, setText)
  useDrop(field, setFiles)
  useLayoutEffect(() => {
    if (field.current) fit(field.current)
  }, [text])
  useEffect(() => {
    if (about) field.current?.focus()
    if (about?.what !== 'edit' || about.entry.content.kind !== 'text') return
    const before = aside.current
    setText(about.entry.content.text)
    return () => setText(before)
  }, [about])
  useEffect(() => {
    if (fine.matches) field.current?.focus({ preventScroll: true })
  }, [])

  const written = text.trim()
  const send = async () => {
    if (!written) return
    if (sizeOf(written) > LONGEST) return toast(t('chat.too-long'))
    setText('')
    field.current?.focus()
    onEnd()
    try {
      if (edited) await thread.send({ kind: 'edit', of: edited, text: written })
      else await thread.send({ kind: 'text', text: written, ...reply })
    } catch (error) {
      // The text is not lost: it goes back into the field.
      if (field.current) setText((now) => (now ? `${written}\n${now}` : written))
      else void thread.saveDraft(written).catch(() => undefined)
      toast(explain(error))
    }
  }
  const insert = (piece: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {}
    setText(text.slice(0, selectionStart) + piece + text.slice(selectionEnd))
    field.current?.focus()
  }

  if (part === 'voice')
    return (
      <Recorder
        thread={thread}
        about={reply}
        asked={asked.current}
        onSent={onEnd}
        onClose={() => setPart('')}
      />
    )
  return (
    <div class="composer-frame">
      {(warned || written.length > 4) && (
        <Danger text={written} shown={warned} onShown={setWarned} />
      )}
      {about && <AboutBar about={about} thread={thread} onEnd={onEnd} />}
      {part === 'emoji' && <Emoji onPick={insert} onClose={() => setPart('')} />}
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
        onPaste={(event) => {
          const pasted = [...(event.clipboardData?.files ?? [])]
          if (!pasted.length) return
          event.preventDefault()
          setFiles(pasted)
        }}
      >
        <AttachMenu onFiles={setFiles} />
        <div class="composer-field">
          <textarea
            ref={field}
            rows={1}
            // With "auto" an empty field would set its placeholder from left to right.
            dir={text ? 'auto' : undefined}
            value={text}
            placeholder={t('chat.write')}
            aria-label={t('chat.write')}
            autocapitalize="sentences"
            enterkeyhint={fine.matches ? 'send' : 'enter'}
            onInput={(event) => {
              setText(event.currentTarget.value)
              thread.typing.tell()
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && about) {
                event.preventDefault()
                onEnd()
              }
              const enter = event.key === 'Enter' && !event.shiftKey && !event.isComposing
              if (!enter || !fine.matches) return
              event.preventDefault()
              void send()
            }}
          />
          <button
            type="button"
            class="button icon-only emoji-button"
            aria-label={t('chat.emoji')}
            aria-expanded={part === 'emoji'}
            onClick={() => setPart(part === 'emoji' ? '' : 'emoji')}
          >
            <Icon name="emoji" />
          </button>
        </div>
        {written || !canRecord() ? (
          <button
            type="submit"
            class="button send-button"
            aria-label={t('chat.send')}
            disabled={!written}
            // The field keeps the focus. Otherwise the phone would hide its keyboard.
            onMouseDown={(event) => event.preventDefault()}
          >
            <Icon name="send" />
          </button>
        ) : (
          <button
            type="button"
            class="button send-button"
            aria-label={t('chat.record')}
            onClick={() => {
              asked.current = Date.now()
              setPart('voice')
            }}
          >
            <Icon name="mic" />
          </button>
        )}
      </form>
      {files.length > 0 && (
        <SendFiles
          thread={thread}
          files={files}
          about={reply}
          onSent={onEnd}
          onClose={() => setFiles([])}
        />
      )}
    </div>
  )
}

/** Makes the field as high as its text, up to the limit in the style sheet. */
function fit(field: HTMLTextAreaElement) {
  field.style.blockSize = field.value ? 'auto' : ''
  // Reading the height makes the browser lay out the whole page.
  if (!field.value) return
  field.style.blockSize = `${field.scrollHeight}px`
}

const sizeOf = (text: string) => new TextEncoder().encode(JSON.stringify(text)).length

const canRecord = () => typeof MediaRecorder === 'function' && !!navigator.mediaDevices
