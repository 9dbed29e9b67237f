// A calm note that the network is gone. Everything that was loaded stays readable.
import { useChanges } from '../shared/changes'
import { t } from '../shared/words'
import { useDesk } from './desk'

export function Connection() {
  const { session } = useDesk()
  useChanges(session)
  const words = session.link === 'offline' ? t('desk.offline') : ''
  return (
    <p class="connection" role="status" hidden={!words}>
      {words}
    </p>
  )
}
