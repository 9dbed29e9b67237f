/** Line icons on a 24 grid. */
const PATHS = {
  alert: 'M12 4 2.500 20h19zM12 10v4.500M12 17.500v.1',
  attach:
    'M20 11.500l-8.500 8.500a5.500 5.500 0 0 1-7.800-7.800l8.800-8.800a3.700 3.700 0 0 1 5.200 5.200l-8.700 8.700a1.800 1.800 0 0 1-2.600-2.600l7.800-7.800',
  back: 'M10 5l-7 7 7 7M3 12h18',
  camera:
    'M4 7.500h3.500L9 5h6l1.500 2.500H20v11H4zM12 16a3.300 3.300 0 1 0 0-6.600 3.300 3.300 0 0 0 0 6.600z',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  document: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  down: 'M12 4v15M5.500 12.500L12 19l6.500-6.500',
  download: 'M12 4v11M6.500 10l5.500 5.500L17.500 10M5 20h14',
  edit: 'M4 20l1-4.500L16.500 4 20 7.500 8.500 19zM14 6.500l3.500 3.500',
  emoji:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14.500c1.900 2.400 5.100 2.400 7 0M9 9.500v.1M15 9.500v.1',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500v.1',
  key: 'M8 15.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 11.500h9.500v4M17.500 11.500v3',
  leave: 'M14 4H5v16h9M10 12h11M17 8l4 4-4 4',
  lock: 'M6 10.500h12V20H6zM8.500 10.500V7.500a3.500 3.500 0 0 1 7 0v3',
  mic: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3',
  more: 'M12 5.500v.1M12 12v.1M12 18.500v.1',
  pause: 'M8.500 5v14M15.500 5v14',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9.500v.1',
  play: 'M7.500 4.500v15l12-7.500z',
  plus: 'M12 5v14M5 12h14',
  remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  reply: 'M9 6L3.500 11.500 9 17M3.500 11.500H14a6.500 6.500 0 0 1 6.500 6.500v1',
  retry: 'M19.500 12a7.500 7.500 0 1 1-2.200-5.300L20 9.500M20 4v5.500h-5.500',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  send: 'M4 12L3.500 4.500 21 12 3.500 19.500zM4 12h8',
  stop: 'M6.500 6.500h11v11h-11z',
  undo: 'M8 5L4 9l4 4M4 9h9.500a6 6 0 0 1 0 12H9',
  up: 'M6 15l6-6 6 6',
  below: 'M6 9l6 6 6-6',
} as const

export type IconName = keyof typeof PATHS

/** Icons with a direction: they are mirrored from right to left. */
const POINTING = new Set<IconName>(['back', 'leave', 'reply', 'send', 'undo'])

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class={`icon icon-${name}${POINTING.has(name) ? ' flip' : ''}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
