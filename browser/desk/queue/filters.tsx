// Filters for a long queue: nickname, state, language and topic.
import { useId, useState } from 'preact/hooks'
import { t } from '../../shared/words'
import type { WireConversation as Conversation } from '../../stream/wire'
import { languageName, topicName, useDesk } from '../desk'
import { Icon } from '../icons'
import { type Filter, isFiltered, NO_FILTER, type View } from './cases'

interface Props {
  filter: Filter
  onFilter(filter: Filter): void
  list: Conversation[]
  view: View
}

const STATES = ['unread', 'overdue', 'soon', 'waiting', 'answered'] as const

export function Filters({ filter, onFilter, list, view }: Props) {
  const { choices } = useDesk()
  const [open, setOpen] = useState(false)
  const id = useId()
  const set = (part: Partial<Filter>) => onFilter({ ...filter, ...part })
  const languages = offered(
    list.map((c) => c.case.language),
    languageName,
  )
  const topics = offered(
    list.map((c) => c.case.topic ?? ''),
    (slug) => topicName(choices, slug),
  )
  const narrowed = isFiltered({ ...filter, text: '' })
  return (
    <search class="filters">
      <div class="filters-line">
        <label class="filters-text">
          <span class="visually-hidden">{t('desk.find-nickname')}</span>
          <Icon name="search" />
          <input
            class="input"
            type="search"
            placeholder={t('desk.find-nickname')}
            value={filter.text}
            onInput={(event) => set({ text: event.currentTarget.value })}
          />
        </label>
        <button
          type="button"
          class={narrowed ? 'button icon-only chosen' : 'button icon-only'}
          aria-expanded={open}
          aria-controls={id}
          aria-label={narrowed ? t('desk.filter-on') : t('desk.filter')}
          title={t('desk.filter')}
          onClick={() => setOpen(!open)}
        >
          <Icon name="filter" />
        </button>
      </div>
      <div class="filters-more" id={id} hidden={!open}>
        <Choice
          label={t('desk.language')}
          value={filter.language}
          options={languages}
          onChoose={(language) => set({ language })}
        />
        <Choice
          label={t('desk.topic')}
          value={filter.topic}
          options={topics.filter(([slug]) => slug)}
          onChoose={(topic) => set({ topic })}
        />
        {view !== 'closed' && (
          <Choice
            label={t('desk.state')}
            value={filter.state}
            options={STATES.map((state) => [state, t(`desk.state-${state}`)])}
            onChoose={(state) => set({ state: state as Filter['state'] })}
          />
        )}
        {narrowed && (
          <button type="button" class="button quiet" onClick={() => onFilter(NO_FILTER)}>
            {t('desk.show-all')}
          </button>
        )}
      </div>
    </search>
  )
}

function offered(values: string[], name: (value: string) => string): [string, string][] {
  const pairs = [...new Set(values)].map((value): [string, string] => [value, name(value)])
  return pairs.sort(([, a], [, b]) => a.localeCompare(b))
}

interface ChoiceProps {
  label: string
  value: string
  options: [string, string][]
  onChoose(value: string): void
}

function Choice({ label, value, options, onChoose }: ChoiceProps) {
  const id = useId()
  return (
    <div class="filters-choice">
      <label for={id}>{label}</label>
      <select
        class="input"
        id={id}
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="">{t('desk.all')}</option>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
