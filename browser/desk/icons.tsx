// Line icons on a grid of 24. Icons with a direction are mirrored in right-to-left pages.
const PATHS = {
  inbox: 'M4 13l3-8h10l3 8v6H4zM4 13h5a3 3 0 0 0 6 0h5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-6 8-6s7 2 8 6',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19c.7-3.4 3.2-5 6.5-5s5.800 1.600 6.500 5M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .7 3.200 2.200 3.600 4.500',
  archive: 'M4 8h16v11H4zM3 4h18v4H3zM9.500 12h5',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2',
  alert: 'M12 4 2.500 20h19zM12 10v4.500M12 17.500v.1',
  check: 'M4.500 12.500l5 5 10-11',
  back: 'M10 5l-7 7 7 7M3 12h18',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  key: 'M8 15.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 11.500h9.500v4M17.500 11.500v3',
  calendar: 'M4 6h16v14H4zM4 10.500h16M8 3.500V8M16 3.500V8',
  ticket: 'M3 7h18v3.500a1.500 1.500 0 0 0 0 3V17H3v-3.500a1.500 1.500 0 0 0 0-3zM14 7v10',
  out: 'M14 4H5v16h9M10 12h11M17 8l4 4-4 4',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  filter: 'M3 6h18M7 12h10M10 18h4',
  settings: 'M4 7h9M17 7h3M15 4.500v5M4 17h3M11 17h9M9 14.500v5',
} as const

export type IconName = keyof typeof PATHS

const POINTING = new Set<IconName>(['back', 'out'])

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={POINTING.has(name) ? 'icon flip' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
