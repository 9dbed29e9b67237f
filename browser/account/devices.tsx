import { useEffect, useState } from 'preact/hooks'
import { api } from '../shared/api'
import { explain } from '../shared/problems'
import { toast } from '../shared/toast'
import { locale, t } from '../shared/words'
import { useSending } from '../sign-in/use-sending'

/** A session as GET /api/sessions describes it. `device` is "Firefox phone", or a part of that. */
interface Device {
  id: string
  device: string
  made_on: string
  is_here: boolean
}

/** Lists the person's sessions. Each of them except this one can be ended here. */
export function Devices() {
  const [devices, setDevices] = useState<Device[]>()
  const { busy, problem, send } = useSending()
  const load = () =>
    send(async () => {
      const { sessions } = await api<{ sessions: Device[] }>('GET', '/api/sessions')
      setDevices(sessions)
    })
  useEffect(() => void load(), [])
  const end = async (path: string, left: (device: Device) => boolean) => {
    try {
      await api('DELETE', path)
      setDevices(devices?.filter(left))
      toast(t('account.device-ended'))
    } catch (error) {
      toast(explain(error))
    }
  }
  if (!devices) {
    return (
      <div role="status">
        {problem ? (
          <p class="error">{problem}</p>
        ) : (
          <p class="soft">{t('account.devices-loading')}</p>
        )}
        {problem && !busy && (
          <button type="button" class="button quiet" onClick={load}>
            {t('again')}
          </button>
        )}
      </div>
    )
  }
  const endOne = ({ id }: Device) => end(`/api/sessions/${id}`, (one) => one.id !== id)
  return (
    <>
      <ul role="list" class="devices">
        {devices.map((device) => (
          <Row key={device.id} device={device} onEnd={() => endOne(device)} />
        ))}
      </ul>
      {devices.length > 2 && (
        <button
          type="button"
          class="button quiet"
          onClick={() => end('/api/sessions', (one) => one.is_here)}
        >
          {t('account.device-end-others')}
        </button>
      )}
    </>
  )
}

function Row({ device, onEnd }: { device: Device; onEnd(): void }) {
  const name = nameOf(device)
  return (
    <li>
      <span>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span class="soft small">{t('account.device-since', { date: dayOf(device) })}</span>
      </span>
      {device.is_here ? (
        <span class="chip chosen">{t('account.device-here')}</span>
      ) : (
        <button
          type="button"
          class="button quiet"
          aria-label={`${t('account.device-end')}: ${name}`}
          onClick={onEnd}
        >
          {t('account.device-end')}
        </button>
      )}
    </li>
  )
}

function nameOf({ device }: Device): string {
  const isPhone = device.endsWith('phone')
  const family = device.replace(/ ?(phone|computer)$/, '')
  const kind = t(isPhone ? 'account.device-phone' : 'account.device-computer')
  return family ? `${kind} · ${family}` : kind
}

const dayOf = ({ made_on }: Device): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(new Date(`${made_on}T12:00`))
