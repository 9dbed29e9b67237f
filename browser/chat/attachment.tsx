import { useState } from 'preact/hooks'
import type { FileContent } from '../crypto'
import { explain } from '../shared/problems'
import { toast } from '../shared/toast'
import { t } from '../shared/words'
import type { Entry } from './entry'
import { cancelSending, isPicture, isVoice, openFile, safeName, save } from './files'
import { Icon } from './icons'
import { PictureView } from './picture-view'
import { Player } from './player'
import type { Thread } from './thread'
import { fileSize } from './times'

export interface AttachmentProps {
  thread: Thread
  entry: Entry
  content: FileContent
}

export function Attachment(props: AttachmentProps) {
  const { thread, entry, content } = props
  if (isPicture(content)) return <PictureView {...props} />
  if (isVoice(content)) {
    return (
      <div class="voice">
        <Player seconds={content.seconds ?? 0} load={() => openFile(thread, content, () => {})} />
        <Sending thread={thread} entry={entry} />
      </div>
    )
  }
  return <Card {...props} />
}

function Card({ thread, entry, content }: AttachmentProps) {
  const [share, setShare] = useState<number>()
  const name = safeName(content.name)
  const fetch = async () => {
    setShare(0)
    try {
      save(await openFile(thread, content, setShare), name)
    } catch (error) {
      toast(explain(error))
    }
    setShare(undefined)
  }
  return (
    <div class="file-card">
      <button type="button" class="file-open" disabled={share !== undefined} onClick={fetch}>
        <span class="file-kind">
          <Icon name={share === undefined ? 'document' : 'download'} />
        </span>
        <span class="file-facts">
          <bdi class="file-name">{name}</bdi>
          <span class="small soft">
            {endOf(name)} · {fileSize(content.size)}
          </span>
        </span>
        <span class="visually-hidden">{t('chat.download')}</span>
      </button>
      {share !== undefined && <progress value={share} aria-label={t('chat.downloading')} />}
      <Sending thread={thread} entry={entry} />
    </div>
  )
}

/** How much of the file is sent, and a button to cancel it. */
export function Sending({ thread, entry }: { thread: Thread; entry: Entry }) {
  if (entry.number !== undefined || entry.failed) return null
  const share = thread.context.outbox.progress.get(entry.id)
  return (
    <div class="file-sending">
      <progress {...(share ? { value: share } : {})} aria-label={t('chat.uploading')} />
      <button
        type="button"
        class="button icon-only"
        aria-label={t('chat.cancel')}
        onClick={() => cancelSending(thread, entry.id)}
      >
        <Icon name="close" />
      </button>
    </div>
  )
}

const endOf = (name: string) => (/\.(\w{1,5})$/.exec(name)?.[1] ?? '').toLocaleUpperCase()
