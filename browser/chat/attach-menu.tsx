import { t } from '../shared/words'
import { Icon, type IconName } from './icons'
import { useMenu } from './use-menu'

/** Each opens one of the phone's own choosers: pictures, camera, documents. */
const WAYS: { icon: IconName; accept: string; camera?: boolean }[] = [
  { icon: 'picture', accept: 'image/*' },
  { icon: 'camera', accept: 'image/*', camera: true },
  {
    icon: 'document',
    accept: 'image/*,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.rtf,.txt,.csv',
  },
]

export function AttachMenu({ onFiles }: { onFiles(files: File[]): void }) {
  const { menu, close } = useMenu()
  return (
    <details class="attach" ref={menu}>
      <summary class="button icon-only" aria-label={t('chat.attach')}>
        <Icon name="attach" />
      </summary>
      <ul class="attach-ways">
        {WAYS.map(({ icon, accept, camera }) => (
          <li key={icon} class={camera ? 'touch-only' : ''}>
            <label class="attach-way">
              <Icon name={icon} />
              {t(`chat.attach-${icon}`)}
              <input
                type="file"
                accept={accept}
                multiple={!camera}
                {...(camera ? { capture: 'environment' } : {})}
                onChange={(event) => {
                  onFiles([...(event.currentTarget.files ?? [])])
                  event.currentTarget.value = ''
                  close()
                }}
              />
            </label>
          </li>
        ))}
      </ul>
    </details>
  )
}
