import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { fromBase64url } from '../crypto/bytes'
import { explain } from '../shared/problems'
import { toast } from '../shared/toast'
import { t } from '../shared/words'
import { type AttachmentProps, Sending } from './attachment'
import { openFile } from './files'
import { Icon } from './icons'
import { fileSize } from './times'
import { useAddress } from './use-address'
import { Viewer } from './viewer'

/** Bytes. Larger pictures, and all if the phone saves data, are fetched on a tap. */
const BY_ITSELF = 1_000_000

export function PictureView({ thread, entry, content }: AttachmentProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [blob, setBlob] = useState<Blob>()
  const [loading, setLoading] = useState(false)
  const [open, setOpen] = useState(false)
  const address = useAddress(blob)
  const preview = usePreview(content.preview)
  const { width = 4, height = 3, size } = content

  const load = async () => {
    setLoading(true)
    try {
      setBlob(await openFile(thread, content, () => {}))
    } catch (error) {
      toast(explain(error))
    }
    setLoading(false)
  }
  useEffect(() => {
    const known = thread.context.files.has(content.blob)
    if (known) return void load()
    if (size > BY_ITSELF || savesData() || !frame.current) return
    const observer = new IntersectionObserver(([seen]) => {
      if (!seen?.isIntersecting) return
      observer.disconnect()
      void load()
    })
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])

  return (
    <div
      class="picture"
      ref={frame}
      style={{ aspectRatio: `${width} / ${height}`, '--width': `${width}px` }}
    >
      {preview && !address && <img class="picture-preview" src={preview} alt="" />}
      {address && (
        <button type="button" class="picture-open" onClick={() => setOpen(true)}>
          <img src={address} alt={t('chat.a-picture')} />
        </button>
      )}
      {!address && !loading && (
        <button type="button" class="picture-load" onClick={load}>
          <Icon name="download" />
          {fileSize(size)}
          <span class="visually-hidden">{t('chat.load-picture')}</span>
        </button>
      )}
      {loading && !address && <span class="spinner" role="status" aria-label={t('chat.loading')} />}
      <Sending thread={thread} entry={entry} />
      {open && address && (
        <Viewer address={address} name={content.name} blob={blob} onClose={() => setOpen(false)} />
      )}
    </div>
  )
}

function usePreview(preview: string | undefined): string {
  const tiny = useMemo(() => {
    try {
      return preview ? new Blob([fromBase64url(preview)], { type: 'image/jpeg' }) : undefined
    } catch {
      return undefined
    }
  }, [preview])
  return useAddress(tiny)
}

const savesData = () =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true
