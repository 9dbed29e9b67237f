import { useEffect, useState } from 'preact/hooks'
import { guard } from '../shared/leaving'
import { t } from '../shared/words'
import { type Name, nicknameRefusal } from '../sign-in/nickname-field'
import type { Lock, Opened } from '../sign-in/open'
import { RecoveryCode } from '../sign-in/recovery-code'
import { useLock } from '../sign-in/unlock'
import { AccountStep, type Chosen } from './account'
import { type Asked, likely } from './asked'
import { Journey } from './journey'
import { QuestionStep } from './question'
import { ReturnStep } from './return'
import { Sending } from './sending'
import { forgetSteps, useStep } from './use-step'

interface Props {
  asked: Asked
  lock: Lock | undefined
  onOpened(opened: Opened, conversation?: string): Promise<void>
}

type Step = 'question' | 'account' | 'return' | 'code' | 'sending'

/** Question, account, recovery code, sending. A person with an account signs in instead. */
export function Steps({ asked, lock: given, onOpened }: Props) {
  const lock = useLock(given)
  const [journey] = useState(() => new Journey(asked))
  const [question, setQuestion] = useState('')
  const [spoken, setSpoken] = useState(asked.language ?? likely(asked))
  const [chosen, setChosen] = useState<Chosen>({ nickname: '', password: '' })
  const [code, setCode] = useState('')
  const [confirmed, setConfirmed] = useState('')
  const [refused, setRefused] = useState<Name>()
  const { step, go, become } = useStep<Step>('question', 'sending')
  const written = question !== ''
  useEffect(() => (written ? guard() : undefined), [written])

  const shown = lock && step === 'account' ? 'return' : step
  const opened = async (found: Opened) => {
    journey.opened = found
    become('sending')
  }
  const send = async (tell: Parameters<Journey['send']>[2]) => {
    tell('account')
    await journey.register(chosen.nickname, chosen.password)
    await journey.send(question, spoken, tell)
  }
  const failed = (error: unknown) => {
    const refused = nicknameRefusal(error)
    if (!refused) return
    // Somebody else has just taken the nickname. The keys stay, so the recovery code stays valid.
    setRefused(refused)
    become('account')
  }

  const arrive = async () => {
    if (!journey.opened) return
    await forgetSteps()
    await onOpened(journey.opened, journey.conversation)
  }

  return (
    <div class="sheet wide">
      {shown === 'question' && (
        <QuestionStep
          asked={asked}
          question={question}
          onQuestion={setQuestion}
          spoken={spoken}
          onSpoken={setSpoken}
          onDone={() => go('account')}
        />
      )}
      {shown === 'account' && (
        <AccountStep
          chosen={chosen}
          onChosen={setChosen}
          refused={refused}
          onSettled={(password) => void journey.make(password)}
          onHaveOne={() => become('return')}
          onDone={async () => {
            const { recoveryCode } = await journey.make(chosen.password)
            if (recoveryCode === confirmed) return become('sending')
            setCode(recoveryCode)
            go('code')
          }}
        />
      )}
      {shown === 'return' && (
        <ReturnStep lock={lock} onOpened={opened} onNew={() => become('account')} />
      )}
      {shown === 'code' && (
        <RecoveryCode
          code={code}
          step={t('ask.step', { at: 3, of: 3 })}
          onConfirmed={() => {
            setConfirmed(code)
            become('sending')
          }}
        />
      )}
      {shown === 'sending' && (
        <Sending name={asked.centre.name} send={send} onFailed={failed} onSent={arrive} />
      )}
    </div>
  )
}
