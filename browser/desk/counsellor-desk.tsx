// The counsellor's workplace: navigation, the queue, and the open case.
import { useState } from 'preact/hooks'
import { useChanges } from '../shared/changes'
import { t } from '../shared/words'
import { CasePane } from './case/pane'
import { Connection } from './connection'
import { useDesk } from './desk'
import { Admissions } from './keys/admission'
import { Gate } from './keys/gate'
import { OwnPage } from './own/page'
import { Queue } from './queue/queue'
import { Rail } from './rail'
import { useRoute } from './route'

export function CounsellorDesk() {
  const { keyring, cases } = useDesk()
  useChanges(keyring)
  const [start] = useState(cases.start)
  const route = useRoute(start)
  const { view, page, conversation } = route
  const gate = view && keyring.state !== 'open' ? keyring.state : null
  return (
    <div class="desk" data-open={conversation ? 'case' : 'list'}>
      <Rail route={route} />
      {page && <OwnPage page={page} />}
      {gate && <Gate state={gate} />}
      {view && !gate && (
        <>
          {/* A phone shows either the list or the case, but the page always needs its heading. */}
          <h1 class="visually-hidden">{t(`desk.${view}`)}</h1>
          <div class="desk-list">
            <Connection />
            <Admissions />
            <Queue key={view} view={view} open={conversation} />
          </div>
          <CasePane view={view} id={conversation} />
        </>
      )}
    </div>
  )
}
