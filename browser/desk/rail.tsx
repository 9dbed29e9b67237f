// Navigation to the four queues and the counsellor's pages: a column on desktops, a bar on phones.
import { useChanges } from '../shared/changes'
import { t } from '../shared/words'
import { Count } from './count'
import { useDesk } from './desk'
import { Icon, type IconName } from './icons'
import { VIEWS, type View, waits } from './queue/cases'
import { address, type Route } from './route'

const ICONS: Record<View, IconName> = {
  new: 'inbox',
  mine: 'person',
  centre: 'people',
  closed: 'archive',
}

export function Rail({ route }: { route: Route }) {
  const { me } = useDesk()
  return (
    <nav class="desk-rail" aria-label={t('desk.navigation')}>
      {me.counsellor && (
        <p class="desk-centre" dir="auto">
          {me.counsellor.centre_name}
        </p>
      )}
      <ul class="desk-places">
        {VIEWS.map((view) => (
          <li key={view}>
            <Place view={view} current={route.view === view} />
          </li>
        ))}
        <li class="desk-self">
          <a class="desk-place" href="#profile" aria-current={route.page ? 'page' : undefined}>
            <Icon name="settings" />
            <span class="desk-place-name" dir="auto">
              <span class="desk-self-name">{me.counsellor?.name ?? me.nickname}</span>
              <span class="desk-self-short">{t('desk.me')}</span>
            </span>
          </a>
        </li>
      </ul>
    </nav>
  )
}

function Place({ view, current }: { view: View; current: boolean }) {
  const { cases } = useDesk()
  useChanges(cases)
  const list = cases.of(view)
  const count = view === 'closed' ? 0 : list.filter(waits).length
  return (
    <a class="desk-place" href={address(view)} aria-current={current ? 'page' : undefined}>
      <Icon name={ICONS[view]} />
      <span class="desk-place-name">{t(`desk.${view}`)}</span>
      {count > 0 && <Count count={count} words={t('desk.waiting-count', { count })} />}
    </a>
  )
}
