// Colleagues who wait for the centre's key. Two people compare the number on the telephone, to make
// sure that the admitted key is the colleague's own, and not one that the server has swapped in.
import { useEffect, useState } from 'preact/hooks'
import { fromBase64url, safetyNumber } from '../../crypto'
import { useChanges } from '../../shared/changes'
import { explain } from '../../shared/problems'
import { toast } from '../../shared/toast'
import { t } from '../../shared/words'
import { useDesk } from '../desk'
import { Icon } from '../icons'
import type { Waiting } from './keyring'

export function Admissions() {
  const { keyring } = useDesk()
  useChanges(keyring)
  if (keyring.waiting.length === 0) return null
  return (
    <section class="admissions" aria-label={t('desk.admissions')} aria-live="polite">
      {keyring.waiting.map((member) => (
        <Admission key={member.person} member={member} />
      ))}
    </section>
  )
}

function Admission({ member }: { member: Waiting }) {
  const { keyring } = useDesk()
  // Without a second lead, nobody could be admitted after the first one has gone.
  const [lead, setLead] = useState(keyring.leads.length < 2)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const admit = async () => {
    setBusy(true)
    try {
      await keyring.admit(member, lead)
      toast(t('desk.admitted', { name: member.name }))
    } catch (error) {
      setProblem(explain(error))
      setBusy(false)
    }
  }
  return (
    <div class="notice warn admission">
      <Icon name="key" />
      <div>
        <p>
          <strong>{t('desk.waits-for-key', { name: member.name })}</strong>
        </p>
        <p class="small">{t('desk.admit-check')}</p>
        <Fingerprint person={member.person} identity={member.identity_public} />
        <label class="admission-lead">
          <input type="checkbox" checked={lead} onChange={() => setLead(!lead)} />
          <span>{t('desk.admit-lead')}</span>
        </label>
        {problem && (
          <p class="error" role="alert">
            {problem}
          </p>
        )}
      </div>
      <button type="button" class="button" disabled={busy} onClick={() => void admit()}>
        {t('desk.admit')}
      </button>
    </div>
  )
}

export function Fingerprint({ person, identity }: { person: string; identity: string }) {
  const [number, setNumber] = useState('')
  useEffect(() => {
    void safetyNumber(person, fromBase64url(identity)).then(setNumber)
  }, [person, identity])
  return (
    <p class="fingerprint" dir="ltr">
      <span class="visually-hidden">{t('desk.fingerprint')}: </span>
      {number}
    </p>
  )
}
