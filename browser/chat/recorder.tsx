import { useEffect, useRef, useState } from 'preact/hooks'
import { toast } from '../shared/toast'
import { t } from '../shared/words'
import { explainFile, sendFile } from './files'
import { Icon } from './icons'
import { Player } from './player'
import { Recording, type Voice } from './recording'
import type { Thread } from './thread'
import { duration } from './times'

/** Milliseconds. A person who has waited longer does not expect the recorder to start by itself. */
const EXPECTED_FOR = 10_000

interface Props {
  thread: Thread
  /** The message that the recording replies to. */
  about: { reply?: string }
  /** When the person asked for it, by `Date.now()`. */
  asked: number
  onSent(): void
  onClose(): void
}

/** Replaces the composer during a recording, and plays it to the speaker before it is sent. */
export function Recorder({ thread, about, asked, onSent, onClose }: Props) {
  const recording = useRef<Recording | undefined>(undefined)
  const sending = useRef(false)
  const [, redraw] = useState({})
  const [voice, setVoice] = useState<Voice>()
  useEffect(() => {
    // Without a network the code comes late. The microphone must not listen in a pocket.
    if (Date.now() - asked > EXPECTED_FOR) return onClose()
    const refused = () => {
      toast(t('chat.no-microphone'))
      onClose()
    }
    const started = new Recording(() => redraw({}), setVoice)
    recording.current = started
    started.start().catch(refused)
    return () => started.cancel()
  }, [])
  const send = async () => {
    if (sending.current) return
    sending.current = true
    const spoken = voice ?? (await recording.current?.stop())
    if (!spoken) return onClose()
    const { blob, seconds } = spoken
    try {
      const name = t('chat.voice-name')
      await sendFile(thread, blob, { name, type: blob.type, seconds, ...about })
      onSent()
      onClose()
    } catch (error) {
      // The recording is not lost: the person can send it again.
      setVoice(spoken)
      toast(explainFile(error))
      sending.current = false
    }
  }
  const { seconds = 0, levels = [] } = recording.current ?? {}
  return (
    <fieldset class="composer recorder" aria-label={t('chat.record')}>
      <button
        type="button"
        class="button icon-only"
        aria-label={t('chat.discard-voice')}
        onClick={onClose}
      >
        <Icon name="remove" />
      </button>
      {voice ? (
        <Player seconds={voice.seconds} load={async () => voice.blob} />
      ) : (
        <div class="recording">
          <span class="recording-dot" />
          <span class="recording-time" role="timer">
            {duration(seconds)}
          </span>
          <span class="levels" aria-hidden="true">
            {levels.map((level, index) => (
              <i key={index} style={{ '--level': String(level) }} />
            ))}
          </span>
          <button
            type="button"
            class="button icon-only"
            aria-label={t('chat.stop')}
            onClick={() => recording.current?.stop().then(setVoice)}
          >
            <Icon name="stop" />
          </button>
        </div>
      )}
      <button type="button" class="button send-button" aria-label={t('chat.send')} onClick={send}>
        <Icon name="send" />
      </button>
    </fieldset>
  )
}
