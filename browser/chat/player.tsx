import { useEffect, useRef, useState } from 'preact/hooks'
import { explain } from '../shared/problems'
import { toast } from '../shared/toast'
import { t } from '../shared/words'
import { Icon } from './icons'
import { duration } from './times'
import { useAddress } from './use-address'

const SPEEDS = [1, 1.5, 2]
let speed = 1

interface Props {
  /** The length comes from the sender's message: the recorded file does not contain it. */
  seconds: number
  load(): Promise<Blob>
}

/** A voice message. It is fetched when it is first played. */
export function Player({ seconds, load }: Props) {
  const audio = useRef<HTMLAudioElement>(null)
  const [blob, setBlob] = useState<Blob>()
  const [loading, setLoading] = useState(false)
  const [playing, setPlaying] = useState(false)
  const [at, setAt] = useState(0)
  const [rate, setRate] = useState(speed)
  const address = useAddress(blob)

  useEffect(() => {
    if (!address || !audio.current) return
    audio.current.playbackRate = speed
    audio.current.play().catch(() => toast(t('chat.cannot-play')))
  }, [address])
  const toggle = async () => {
    if (blob) return playing ? audio.current?.pause() : audio.current?.play()
    setLoading(true)
    try {
      setBlob(await load())
    } catch (error) {
      toast(explain(error))
    }
    setLoading(false)
  }
  const turn = () => {
    speed = SPEEDS[(SPEEDS.indexOf(rate) + 1) % SPEEDS.length] ?? 1
    setRate(speed)
    if (audio.current) audio.current.playbackRate = speed
  }
  return (
    <div class="player">
      <button
        type="button"
        class="button player-button"
        aria-label={t(playing ? 'chat.pause' : 'chat.play')}
        onClick={toggle}
      >
        {loading ? <span class="spinner" /> : <Icon name={playing ? 'pause' : 'play'} />}
      </button>
      <input
        type="range"
        min={0}
        max={Math.max(seconds, 0.1)}
        step={0.1}
        value={at}
        style={{ '--played': `${(100 * at) / Math.max(seconds, 0.1)}%` }}
        aria-label={t('chat.position')}
        aria-valuetext={duration(at)}
        onInput={(event) => {
          const to = Number(event.currentTarget.value)
          setAt(to)
          if (audio.current && blob) audio.current.currentTime = to
        }}
      />
      <span class="player-time">{duration(playing || at > 0 ? at : seconds)}</span>
      <button type="button" class="player-speed" aria-label={t('chat.speed')} onClick={turn}>
        {rate}×
      </button>
      {address && (
        // biome-ignore lint/a11y/useMediaCaption: nobody has written captions for a voice message
        <audio
          ref={audio}
          src={address}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onTimeUpdate={(event) => setAt(Math.min(seconds, event.currentTarget.currentTime))}
          onEnded={() => setAt(0)}
        />
      )}
    </div>
  )
}
