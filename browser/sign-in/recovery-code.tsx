import { useState } from 'preact/hooks'
import { toBase64url } from '../crypto/bytes'
import { codeLetters, parseRecoveryCode } from '../crypto/recovery'
import { Field, onTyped } from '../shared/field'
import { Heading } from '../shared/heading'
import { copy, saveText } from '../shared/keep'
import { t } from '../shared/words'
import { door, RECOVER } from './which-door'

interface Props {
  code: string
  step?: string | undefined
  onConfirmed(): void
}

/** Shows the code once, then asks for its last letters to check that the person has kept it. */
export function RecoveryCode(props: Props) {
  const [kept, setKept] = useState(false)
  return kept ? (
    <Confirm key="confirm" {...props} onBack={() => setKept(false)} />
  ) : (
    <Show key="show" {...props} onKept={() => setKept(true)} />
  )
}

function Show({ code, step, onKept }: Props & { onKept(): void }) {
  const save = () => saveText(t('code.file'), sheet(code))
  return (
    <section class="stack code-sheet">
      {step && <p class="step">{step}</p>}
      <Heading>{t('code.title')}</Heading>
      <p>{t('code.why')}</p>
      <p class="code" dir="ltr" translate={false}>
        {code.split('-').map((group) => (
          <span key={group}>{group}</span>
        ))}
      </p>
      <p class="print-only">{t('code.paper', { address: recoverAddress() })}</p>
      <div class="code-ways no-print">
        <button type="button" class="button quiet" onClick={() => copy(code)}>
          {t('copy')}
        </button>
        <button type="button" class="button quiet" onClick={save}>
          {t('code.save')}
        </button>
        <button type="button" class="button quiet" onClick={() => print()}>
          {t('code.print')}
        </button>
      </div>
      <p class="notice warn no-print">{t('code.keep')}</p>
      <button type="button" class="button big wide no-print" onClick={onKept}>
        {t('code.kept')}
      </button>
    </section>
  )
}

function Confirm({ code, step, onConfirmed, onBack }: Props & { onBack(): void }) {
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const submit = (event: Event) => {
    event.preventDefault()
    if (isEndOf(code, typed)) onConfirmed()
    else setWrong(true)
  }
  return (
    <form class="stack" onSubmit={submit}>
      {step && <p class="step">{step}</p>}
      <Heading>{t('code.confirm')}</Heading>
      <Field
        label={t('code.last')}
        hint={t('code.last-hint')}
        error={wrong ? t('code.wrong') : undefined}
      >
        {(control) => (
          <input
            {...control}
            class="input code-input"
            dir="ltr"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            required
            maxLength={2_000}
            value={typed}
            {...onTyped((text) => {
              if (text !== typed) setWrong(false)
              setTyped(text)
            })}
          />
        )}
      </Field>
      <button type="submit" class="button big wide">
        {t('continue')}
      </button>
      <button type="button" class="button quiet wide" onClick={onBack}>
        {t('code.again')}
      </button>
    </form>
  )
}

const recoverAddress = (): string => location.host + RECOVER[door()]

/** Accepts the last letters, the whole code, or the text of the saved sheet. */
function isEndOf(code: string, typed: string): boolean {
  if (codeLetters(typed).endsWith(codeLetters(code).slice(-4))) return true
  try {
    return toBase64url(parseRecoveryCode(typed)) === toBase64url(parseRecoveryCode(code))
  } catch {
    return false
  }
}

/** The sheet names no person, so that people who find only the sheet can open nothing. */
const sheet = (code: string): string =>
  `${t('code.title')}\n\n${code}\n\n${t('code.paper', { address: recoverAddress() })}\n`
