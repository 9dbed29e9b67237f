import { useState } from 'preact/hooks'
import { DangerNote, useDanger } from '../shared/danger/note'
import { Field } from '../shared/field'
import { Heading } from '../shared/heading'
import { TEXT_MAX } from '../shared/limits'
import { locale, t } from '../shared/words'
import type { Asked } from './asked'

interface Props {
  asked: Asked
  question: string
  onQuestion(question: string): void
  spoken: string
  onSpoken(language: string): void
  onDone(): void
}

export function QuestionStep(props: Props) {
  const { asked, question, onQuestion } = props
  const [empty, setEmpty] = useState(false)
  const danger = useDanger(question)
  const submit = (event: Event) => {
    event.preventDefault()
    setEmpty(!question.trim())
    if (question.trim()) props.onDone()
  }
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <p class="step">{t('ask.step', { at: 1, of: 3 })}</p>
      <Heading>{t('ask.title')}</Heading>
      <Who asked={asked} />
      {!asked.language && asked.languages.length > 1 && <Spoken {...props} />}
      <Field
        label={t('ask.question')}
        hint={t('ask.others')}
        error={empty && !question.trim() ? t('ask.empty') : undefined}
      >
        {(control) => (
          <textarea
            {...control}
            class="input question"
            dir="auto"
            rows={7}
            required
            maxLength={TEXT_MAX}
            autocomplete="off"
            placeholder={t('ask.placeholder')}
            value={question}
            onInput={(event) => onQuestion(event.currentTarget.value)}
          />
        )}
      </Field>
      {question.length > TEXT_MAX * 0.9 && (
        <p class="soft small">{t('ask.left', { count: TEXT_MAX - question.length })}</p>
      )}
      <DangerNote shown={danger} />
      <button type="submit" class="button big wide">
        {t('continue')}
      </button>
      <p class="soft small centred">{t('ask.encrypted')}</p>
    </form>
  )
}

/** Says who answers, and by when. */
function Who({ asked }: { asked: Asked }) {
  const { counsellor, centre } = asked
  const name = counsellor?.name ?? centre.name
  const day = (date: string) =>
    new Intl.DateTimeFormat(locale(), { weekday: 'long', day: 'numeric', month: 'long' }).format(
      new Date(date),
    )
  return (
    <div class="card who">
      <div class="bar">
        <span class="avatar" aria-hidden="true">
          {initials(name)}
        </span>
        <div>
          <p>
            <strong dir="auto">{name}</strong>
          </p>
          {counsellor && (
            <p class="soft small" dir="auto">
              {centre.name}
            </p>
          )}
        </div>
      </div>
      {asked.answerBy && <p>{t('ask.answer-by', { day: day(asked.answerBy) })}</p>}
      {asked.absentUntil && (
        <p class="soft small">{t('ask.absent', { day: day(asked.absentUntil) })}</p>
      )}
    </div>
  )
}

function Spoken({ asked, spoken, onSpoken }: Props) {
  const names = new Intl.DisplayNames([locale()], { type: 'language' })
  return (
    <Field label={t('ask.language')}>
      {(control) => (
        <select
          {...control}
          class="input"
          value={spoken}
          onChange={(event) => onSpoken(event.currentTarget.value)}
        >
          {asked.languages.map((code) => (
            <option key={code} value={code}>
              {names.of(code)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** The first letters of the first two words. */
function initials(name: string): string {
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? '')
  return letters
    .filter((letter) => /\p{L}/u.test(letter))
    .slice(0, 2)
    .join('')
}
