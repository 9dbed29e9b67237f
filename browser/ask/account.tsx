import { useState } from 'preact/hooks'
import { Heading } from '../shared/heading'
import { t } from '../shared/words'
import { NewPassword, type Weakness, weakness } from '../sign-in/new-password'
import { type Name, NicknameField, nicknameState } from '../sign-in/nickname-field'
import { Submit } from '../sign-in/submit'
import { useSending } from '../sign-in/use-sending'

export interface Chosen {
  nickname: string
  password: string
}

interface Props {
  chosen: Chosen
  onChosen(chosen: Chosen): void
  /** Why the server has just refused the nickname. */
  refused: Name
  onSettled(password: string): void
  onHaveOne(): void
  onDone(): Promise<void>
}

/** Asks for nickname and password only. It sends only the nickname, to check if it is free. */
export function AccountStep(props: Props) {
  const { nickname, password } = props.chosen
  const [name, setName] = useState<Name>(props.refused)
  const [weak, setWeak] = useState<Weakness>()
  const { busy, problem, send } = useSending()
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const found = await weakness(password, nickname)
      setWeak(found)
      const state = await nicknameState(nickname)
      setName(state)
      if (state === 'free' && !found) await props.onDone()
    })
  }
  const settled = async (final: string) => {
    if (!(await weakness(final, nickname))) props.onSettled(final)
  }
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <p class="step">{t('ask.step', { at: 2, of: 3 })}</p>
      <Heading>{t('ask.account')}</Heading>
      <p>{t('ask.account-why')}</p>
      <NicknameField
        hint={t('ask.nickname-hint')}
        value={nickname}
        onValue={(value) => props.onChosen({ nickname: value, password })}
        state={name}
        onState={setName}
      />
      <NewPassword
        nickname={nickname}
        value={password}
        onValue={(value) => props.onChosen({ nickname, password: value })}
        weak={weak}
        onSettled={(final) => void settled(final).catch(() => undefined)}
      />
      <Submit
        busy={busy}
        problem={problem}
        words={t('continue')}
        busyWords={t('choose.preparing')}
      />
      <button type="button" class="button quiet wide" onClick={props.onHaveOne}>
        {t('ask.have-one')}
      </button>
    </form>
  )
}
