// The profile that clients see, and how many cases the counsellor takes.
import { useState } from 'preact/hooks'
import { api } from '../../shared/api'
import { Field } from '../../shared/field'
import { explain } from '../../shared/problems'
import { locale, t } from '../../shared/words'
import { languageName, useDesk } from '../desk'
import { WhenLoaded } from '../states'
import { useLoaded } from '../use-loaded'
import type { Choices, OwnProfile, Profile } from '../wire'
import { HoursEditor, inOrder } from './hours'
import { OwnLink } from './own-link'
import { Picks } from './picks'
import { PublicCard } from './public-card'

export function ProfilePage() {
  const profile = useLoaded<OwnProfile>('/api/desk/profile')
  return (
    <>
      <h1>{t('desk.profile')}</h1>
      <WhenLoaded from={profile}>
        {(own) => (
          <div class="profile">
            <ProfileForm own={own} />
            <OwnLink own={own} />
          </div>
        )}
      </WhenLoaded>
    </>
  )
}

type State = '' | 'changed' | 'saving' | 'saved'

function ProfileForm({ own }: { own: OwnProfile }) {
  const { slug: _slug, link: _link, qr: _qr, ...start } = own
  const [profile, setProfile] = useState<Profile>(start)
  const [state, setState] = useState<State>('')
  const [problem, setProblem] = useState('')
  const set = (part: Partial<Profile>) => {
    setProfile({ ...profile, ...part })
    setState('changed')
  }
  const save = async (event: Event) => {
    event.preventDefault()
    const wrong = mistake(profile)
    setProblem(wrong && t(wrong))
    if (wrong) return
    setState('saving')
    try {
      await api('PUT', '/api/desk/profile', profile)
      setState('saved')
    } catch (error) {
      setState('changed')
      setProblem(explain(error))
    }
  }
  return (
    <form class="profile-form" onSubmit={(event) => void save(event)}>
      <About profile={profile} set={set} />
      <Work profile={profile} set={set} />
      <div class="save-bar">
        {problem && (
          <p class="error" role="alert">
            {problem}
          </p>
        )}
        <p role="status" class="soft">
          {state === 'saved' && t('desk.saved')}
          {state === 'changed' && t('desk.unsaved')}
        </p>
        <button type="submit" class="button" disabled={state === 'saving'}>
          {t('desk.save')}
        </button>
      </div>
    </form>
  )
}

function mistake(profile: Profile): string {
  if (!profile.name.trim()) return 'desk.name-missing'
  if (profile.languages.length === 0) return 'desk.languages-missing'
  if (Object.keys(profile.hours).length === 0) return 'desk.hours-missing'
  return inOrder(profile.hours) ? '' : 'desk.hours-wrong'
}

interface PartProps {
  profile: Profile
  set(part: Partial<Profile>): void
}

function About({ profile, set }: PartProps) {
  const { choices } = useDesk()
  return (
    <section class="card profile-part" aria-labelledby="about-title">
      <h2 id="about-title">{t('desk.clients-see')}</h2>
      <Field label={t('desk.name')} hint={t('desk.name-hint')}>
        {(control) => (
          <input
            {...control}
            class="input"
            dir="auto"
            maxLength={80}
            required
            value={profile.name}
            onInput={(event) => set({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      <Picks
        legend={t('desk.languages')}
        hint={t('desk.languages-hint')}
        options={spoken(choices)}
        chosen={profile.languages}
        onChoose={(languages) => set({ languages })}
      />
      <Picks
        legend={t('desk.topics')}
        options={choices.topics.map(({ slug, name }) => [slug, name])}
        chosen={profile.topics}
        onChoose={(topics) => set({ topics })}
      />
      <Field label={t('desk.gender')} hint={t('desk.gender-hint')}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={profile.gender}
            onChange={(event) => set({ gender: event.currentTarget.value })}
          >
            {['', 'female', 'male', 'other'].map((gender) => (
              <option key={gender} value={gender}>
                {t(`desk.gender-${gender || 'unsaid'}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('desk.about')} hint={t('desk.about-hint')}>
        {(control) => (
          <textarea
            {...control}
            class="input"
            dir="auto"
            rows={4}
            maxLength={1000}
            value={profile.about}
            onInput={(event) => set({ about: event.currentTarget.value })}
          />
        )}
      </Field>
      <PublicCard profile={profile} />
    </section>
  )
}

function spoken({ languages }: Choices): [string, string][] {
  const named = languages.map(({ code }): [string, string] => [code, languageName(code)])
  return named.sort(([, a], [, b]) => a.localeCompare(b, locale()))
}

function Work({ profile, set }: PartProps) {
  return (
    <section class="card profile-part" aria-labelledby="work-title">
      <h2 id="work-title">{t('desk.work')}</h2>
      <label class="choice">
        <input
          type="checkbox"
          checked={profile.takes_new}
          onChange={() => set({ takes_new: !profile.takes_new })}
        />
        <span>
          {t('desk.takes-new')}
          <span class="hint block">{t('desk.takes-new-hint')}</span>
        </span>
      </label>
      <Field label={t('desk.capacity')} hint={t('desk.capacity-hint')}>
        {(control) => (
          <input
            {...control}
            class="input short"
            type="number"
            min={0}
            max={1000}
            required
            value={profile.capacity}
            onInput={(event) => set({ capacity: event.currentTarget.valueAsNumber || 0 })}
          />
        )}
      </Field>
      <HoursEditor hours={profile.hours} onHours={(hours) => set({ hours })} />
    </section>
  )
}
