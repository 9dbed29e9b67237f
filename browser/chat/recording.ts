export interface Voice {
  blob: Blob
  seconds: number
}

/** AAC first, if the browser can record it: older iPhones play nothing else. */
const TYPES = ['audio/mp4;codecs=mp4a.40.2', 'audio/webm;codecs=opus', 'audio/mp4', 'audio/webm']
const BITS_PER_SECOND = 24_000
const LONGEST = 10 * 60
const LEVELS = 40
const EVERY = 100

/** One recording, from asking for the microphone until it is released. */
export class Recording {
  seconds = 0
  /** Loudness from 0 to 1, the newest last. */
  levels: number[] = []
  #stream: MediaStream | undefined
  #recorder: MediaRecorder | undefined
  #sound: AudioContext | undefined
  #timer: ReturnType<typeof setInterval> | undefined
  #parts: Blob[] = []
  #stopped: Promise<Voice | undefined> | undefined
  #left = false

  constructor(
    private changed: () => void,
    private full: (voice: Voice) => void,
  ) {}

  /** Rejects if there is no microphone, or if the person does not allow its use. */
  async start() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    this.#stream = stream
    if (this.#left) return this.#release()
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? ''
    this.#recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND })
    this.#recorder.ondataavailable = (event) => this.#parts.push(event.data)
    this.#recorder.start(1000)
    this.#watch(stream)
  }

  /** Returns the same recording for every press of the button. */
  stop(): Promise<Voice | undefined> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #stop(): Promise<Voice | undefined> {
    const recorder = this.#recorder
    if (!recorder) return
    if (recorder.state !== 'inactive') {
      await new Promise((resolve) => {
        recorder.onstop = resolve
        recorder.stop()
      })
    }
    this.#release()
    const type = recorder.mimeType.split(';')[0] ?? ''
    return { blob: new Blob(this.#parts, { type }), seconds: Math.round(this.seconds * 10) / 10 }
  }

  cancel() {
    this.#left = true
    if (this.#recorder?.state === 'recording') this.#recorder.stop()
    this.#release()
  }

  #watch(stream: MediaStream) {
    this.#sound = new AudioContext()
    const analyser = this.#sound.createAnalyser()
    analyser.fftSize = 512
    this.#sound.createMediaStreamSource(stream).connect(analyser)
    const wave = new Float32Array(analyser.fftSize)
    const began = performance.now()
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(wave)
      const power = wave.reduce((sum, value) => sum + value * value, 0) / wave.length
      this.levels = [...this.levels, Math.min(1, Math.sqrt(power) * 5)].slice(-LEVELS)
      this.seconds = (performance.now() - began) / 1000
      this.changed()
      if (this.seconds >= LONGEST) void this.stop().then((voice) => voice && this.full(voice))
    }, EVERY)
  }

  #release() {
    clearInterval(this.#timer)
    for (const track of this.#stream?.getTracks() ?? []) track.stop()
    if (this.#sound?.state !== 'closed') void this.#sound?.close()
  }
}
