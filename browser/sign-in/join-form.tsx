import { useState } from 'preact/hooks'
import { Field, onTyped } from '../shared/field'
import { locale, t } from '../shared/words'
import type { Offer } from './join'
import { NewPassword, type Weakness, weakness } from './new-password'
import { type Name, NicknameField, nicknameState } from './nickname-field'
import { Submit } from './submit'
import { useSending } from './use-sending'

export interface Colleague {
  name: string
  nickname: string
  password: string
  languages: string[]
}

interface Props {
  offer: Offer
  colleague: Colleague
  /** The reason why the server has just refused the nickname. */
  refused: Name
  onColleague(colleague: Colleague): void
  onDone(): Promise<void>
}

export function JoinForm({ offer, colleague, refused, onColleague, onDone }: Props) {
  const { nickname, password, languages } = colleague
  const [state, setState] = useState<Name>(refused)
  const [weak, setWeak] = useState<Weakness>()
  const [silent, setSilent] = useState(false)
  const { busy, problem, send } = useSending()
  const change = (part: Partial<Colleague>) => onColleague({ ...colleague, ...part })
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const found = await weakness(password, nickname)
      const speechless = offer.centre !== null && languages.length === 0
      const name = await nicknameState(nickname)
      setWeak(found)
      setSilent(speechless)
      setState(name)
      if (name === 'free' && !found && !speechless) await onDone()
    })
  }
  return (
    <form class="stack" onSubmit={submit}>
      <h1>{t('join.title')}</h1>
      <Invited offer={offer} />
      {offer.centre && (
        <Field label={t('join.name')} hint={t('join.name-hint')}>
          {(control) => (
            <input
              {...control}
              class="input"
              dir="auto"
              autocomplete="name"
              required
              maxLength={80}
              value={colleague.name}
              {...onTyped((name) => change({ name }))}
            />
          )}
        </Field>
      )}
      {offer.centre && (
        <Languages
          codes={offer.languages}
          chosen={languages}
          onChosen={(chosen) => change({ languages: chosen })}
          missing={silent}
        />
      )}
      <NicknameField
        hint={t('join.nickname-hint')}
        value={nickname}
        onValue={(value) => change({ nickname: value })}
        state={state}
        onState={setState}
      />
      <NewPassword
        nickname={nickname}
        value={password}
        onValue={(value) => change({ password: value })}
        weak={weak}
      />
      <Submit
        busy={busy}
        problem={problem}
        words={t('continue')}
        busyWords={t('choose.preparing')}
      />
    </form>
  )
}

function Invited({ offer }: { offer: Offer }) {
  return (
    <div class="card">
      <p>{t(`join.as-${offer.role}`)}</p>
      {offer.centre && <strong dir="auto">{offer.centre.name}</strong>}
      {offer.organisation_name && (
        <span class="soft small" dir="auto">
          {offer.organisation_name}
        </span>
      )}
    </div>
  )
}

interface LanguagesProps {
  codes: string[]
  chosen: string[]
  onChosen(chosen: string[]): void
  missing: boolean
}

function Languages({ codes, chosen, onChosen, missing }: LanguagesProps) {
  const names = new Intl.DisplayNames([locale()], { type: 'language' })
  const named = codes.map((code) => ({ code, name: names.of(code) ?? code }))
  named.sort((a, b) => a.name.localeCompare(b.name, locale()))
  const turn = (code: string) =>
    onChosen(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code])
  return (
    <fieldset class="field">
      <legend>{t('join.languages')}</legend>
      {missing && (
        <p class="error" role="alert">
          {t('join.languages-missing')}
        </p>
      )}
      <div class="choices many">
        {named.map(({ code, name }) => (
          <label class="choice" key={code}>
            <input type="checkbox" checked={chosen.includes(code)} onChange={() => turn(code)} />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
