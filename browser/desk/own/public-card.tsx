// The counsellor's card, as it looks to clients who choose a counsellor.
import { useChanges } from '../../shared/changes'
import { t } from '../../shared/words'
import { languageName, topicName, useDesk } from '../desk'
import type { Profile } from '../wire'

export function PublicCard({ profile }: { profile: Profile }) {
  const { me, choices, cases } = useDesk()
  useChanges(cases)
  return (
    <figure class="preview">
      <figcaption class="hint">{t('desk.preview')}</figcaption>
      <div class="card">
        <div class="bar">
          <span class="avatar" aria-hidden="true">
            {initials(profile.name)}
          </span>
          <div>
            <p class="preview-name" dir="auto">
              {profile.name}
            </p>
            <p class="soft small" dir="auto">
              {me.counsellor?.centre_name}
            </p>
          </div>
        </div>
        {profile.about && (
          <p class="preview-about" dir="auto">
            {profile.about}
          </p>
        )}
        <div class="chips">
          {profile.languages.map((code) => (
            <span class="chip chosen" key={code}>
              {languageName(code)}
            </span>
          ))}
          {profile.topics.map((slug) => (
            <span class="chip" key={slug}>
              {topicName(choices, slug)}
            </span>
          ))}
        </div>
        {!profile.takes_new && <p class="soft small">{t('desk.preview-full')}</p>}
      </div>
    </figure>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0])
    .join('')
}
