// The form that creates an invitation.
import { useState } from 'preact/hooks'
import { api } from '../../shared/api'
import { Field } from '../../shared/field'
import { explain } from '../../shared/problems'
import { t } from '../../shared/words'
import { WhenLoaded } from '../states'
import { useLoaded } from '../use-loaded'

interface Centre {
  id: string
  name: string
}

export function Invite({ onLink }: { onLink(link: string): void }) {
  const centres = useLoaded<{ centres: Centre[] }>('/api/desk/centres')
  return (
    <section class="card" aria-labelledby="invite-title">
      <h2 id="invite-title">{t('desk.invite')}</h2>
      <WhenLoaded from={centres}>
        {(loaded) => <InviteForm centres={loaded.centres} onLink={onLink} />}
      </WhenLoaded>
    </section>
  )
}

function InviteForm(props: { centres: Centre[]; onLink(link: string): void }) {
  const { centres, onLink } = props
  const [role, setRole] = useState('counsellor')
  const [centre, setCentre] = useState(centres[0]?.id ?? '')
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const needsCentre = role === 'counsellor'
  const invite = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    setProblem('')
    try {
      const wanted = { role, centre: needsCentre ? centre : null, note }
      onLink((await api<{ link: string }>('POST', '/api/desk/invitations', wanted)).link)
      setNote('')
    } catch (error) {
      setProblem(explain(error))
    }
    setBusy(false)
  }
  return (
    <form class="invite" onSubmit={(event) => void invite(event)}>
      <Field label={t('desk.role')}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={role}
            onChange={(event) => setRole(event.currentTarget.value)}
          >
            {['counsellor', 'coordinator'].map((name) => (
              <option key={name} value={name}>
                {t(`desk.role-${name}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {needsCentre && (
        <Field label={t('desk.centre-of')}>
          {(control) => (
            <select
              {...control}
              class="input"
              required
              value={centre}
              onChange={(event) => setCentre(event.currentTarget.value)}
            >
              {centres.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field label={t('desk.note')} hint={t('desk.note-hint')}>
        {(control) => (
          <input
            {...control}
            class="input"
            dir="auto"
            maxLength={120}
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        )}
      </Field>
      {problem && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="button" disabled={busy}>
        {t('desk.make-link')}
      </button>
    </form>
  )
}
