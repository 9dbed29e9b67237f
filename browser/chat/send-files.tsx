import { useEffect, useState } from 'preact/hooks'
import { Dialog } from '../shared/dialog'
import { Field, onTyped } from '../shared/field'
import { FILE_BYTES } from '../shared/limits'
import { toast } from '../shared/toast'
import { t } from '../shared/words'
import { explainFile, sendFile } from './files'
import { Icon } from './icons'
import { kindOf, type Refusal } from './kinds'
import { type Picture, preparePicture } from './picture'
import type { Thread } from './thread'
import { fileSize } from './times'
import { useAddress } from './use-address'

const AT_ONCE = 10
/** In characters: in any script they fit into a message together with a picture's preview. */
const CAPTION_MAX = 1000

interface Item {
  file: File
  type: string
  refused?: Refusal | 'broken' | 'many'
  picture?: Picture
}

interface Props {
  thread: Thread
  files: File[]
  /** The message that the first file replies to. */
  about: { reply?: string }
  onSent(): void
  onClose(): void
}

/** Shows the files as they will be sent, and why others are refused. */
export function SendFiles({ thread, files, about, onSent, onClose }: Props) {
  const [caption, setCaption] = useState('')
  const items = usePrepared(files)
  const ready = items?.filter((item) => !item.refused) ?? []
  const send = () => {
    onClose()
    onSent()
    const words = caption.trim()
    ready.forEach(({ file, type, picture }, index) => {
      const first = index === 0 ? { ...about, ...(words ? { caption: words } : {}) } : {}
      const sending = picture
        ? sendFile(thread, picture.file, { ...picture.about, ...first })
        : sendFile(thread, file, { name: file.name, type, ...first })
      sending.catch((error) => toast(explainFile(error)))
    })
  }
  return (
    <Dialog title={t('chat.send-files', { count: ready.length || files.length })} onClose={onClose}>
      {items ? (
        <ul role="list" class="files-to-send">
          {items.map((item) => (
            <ItemView key={item.file.name + item.file.size} item={item} />
          ))}
        </ul>
      ) : (
        <div class="spinner" role="status" aria-label={t('chat.preparing')} />
      )}
      {ready.length > 0 && (
        <Field label={t('chat.caption')}>
          {(control) => (
            <input
              {...control}
              class="input"
              dir={caption ? 'auto' : undefined}
              maxLength={CAPTION_MAX}
              value={caption}
              {...onTyped(setCaption)}
            />
          )}
        </Field>
      )}
      <div class="bar dialog-actions">
        <button type="button" class="button quiet" onClick={onClose}>
          {t('chat.cancel')}
        </button>
        {(!items || ready.length > 0) && (
          <button type="button" class="button" disabled={!items} onClick={send}>
            <Icon name="send" />
            {t('chat.send')}
          </button>
        )}
      </div>
    </Dialog>
  )
}

function ItemView({ item: { file, picture, refused } }: { item: Item }) {
  const address = useAddress(picture?.file)
  return (
    <li class={refused ? 'refused' : ''}>
      {address ? <img src={address} alt="" /> : <Icon name={refused ? 'close' : 'document'} />}
      <div>
        <bdi class="file-name">{file.name}</bdi>
        <p class="soft small">{fileSize(picture?.file.size ?? file.size)}</p>
        {refused && (
          <p class="error small">{t(`chat.refused-${refused}`, { size: fileSize(FILE_BYTES) })}</p>
        )}
        {picture && <p class="soft small">{t('chat.picture-cleaned')}</p>}
      </div>
    </li>
  )
}

/** Prepares one file after another: two large pictures at once are too much for a cheap phone. */
function usePrepared(files: File[]): Item[] | undefined {
  const [items, setItems] = useState<Item[]>()
  useEffect(() => {
    let left = false
    const prepare = async () => {
      const made: Item[] = []
      for (const file of files) {
        if (left) return
        const many = made.length >= AT_ONCE
        made.push(many ? { file, type: '', refused: 'many' } : await prepared(file))
      }
      if (!left) setItems(made)
    }
    void prepare()
    return () => {
      left = true
    }
  }, [files])
  return items
}

async function prepared(file: File): Promise<Item> {
  const kind = kindOf(file)
  if ('refused' in kind) return { file, type: '', refused: kind.refused }
  const { type } = kind
  if (type !== 'image/jpeg') return { file, type }
  try {
    return { file, type, picture: await preparePicture(file) }
  } catch {
    return { file, type, refused: 'broken' }
  }
}
