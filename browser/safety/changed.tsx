// The "keys have changed" screen of the desk and of clients. Nothing is sealed to the new keys
// until a person has compared the number: "not now" leaves everything as it is.
import { useState } from 'preact/hooks'
import { acceptCentre } from '../crypto'
import type { CentreChanged } from '../crypto/failure'
import { Heading } from '../shared/heading'
import { explain } from '../shared/problems'
import { t, useLanguage } from '../shared/words'
import { SafetyNumber } from './number'

interface Props {
  change: CentreChanged
  /** The centre's name. */
  name: string
  /** Where to ask for the true number: clients ask the centre, counsellors ask colleagues. */
  asks: 'centre' | 'colleagues'
  onAccepted(): void
}

type Step = 'told' | 'sure' | 'later'

export function KeysChanged(props: Props) {
  useLanguage()
  const [step, setStep] = useState<Step>('told')
  return (
    <section class="keys-changed stack">
      {step === 'told' && <Told {...props} onStep={setStep} />}
      {step === 'sure' && <Sure {...props} onStep={setStep} />}
      {step === 'later' && <Later onStep={setStep} />}
    </section>
  )
}

function Told({ change, name, asks, onStep }: Props & { onStep(step: Step): void }) {
  const { centre, offered } = change
  return (
    <>
      <Heading>{t('keys.changed')}</Heading>
      <p>{t('keys.whose', { centre: name })}</p>
      <p>{t('keys.reasons')}</p>
      {offered ? (
        <>
          <p>{t(`keys.compare-${asks}`)}</p>
          <SafetyNumber centre={centre} hash={offered.hash} />
        </>
      ) : (
        <p>{t('keys.gone')}</p>
      )}
      <div class="keys-changed-ways">
        <button type="button" class="button" onClick={() => onStep('later')}>
          {t('keys.later')}
        </button>
        {offered && (
          <button type="button" class="button quiet" onClick={() => onStep('sure')}>
            {t('keys.compared')}
          </button>
        )}
      </div>
    </>
  )
}

function Sure({ change, onStep, onAccepted }: Props & { onStep(step: Step): void }) {
  const [problem, setProblem] = useState<unknown>()
  const accept = () => acceptCentre(change).then(onAccepted, setProblem)
  return (
    <>
      <Heading>{t('keys.sure')}</Heading>
      <p>{t('keys.sure-text')}</p>
      {change.offered && <SafetyNumber centre={change.centre} hash={change.offered.hash} />}
      <div role="alert">
        {problem !== undefined && <p class="notice danger">{explain(problem)}</p>}
      </div>
      <div class="keys-changed-ways">
        <button type="button" class="button" onClick={() => onStep('told')}>
          {t('keys.back')}
        </button>
        <button type="button" class="button danger" onClick={accept}>
          {t('keys.accept')}
        </button>
      </div>
    </>
  )
}

function Later({ onStep }: { onStep(step: Step): void }) {
  return (
    <>
      <Heading>{t('keys.closed')}</Heading>
      <p>{t('keys.closed-text')}</p>
      <button type="button" class="button" onClick={() => onStep('told')}>
        {t('keys.check')}
      </button>
    </>
  )
}
