import { t } from '../words'

/** The same numbers as in lotse/ask/emergency.py. The page /help/ has more. */
const NUMBERS = [
  { number: '112', key: 'help.ambulance' },
  { number: '110', key: 'help.police' },
  { number: '116 016', key: 'help.violence' },
  { number: '0800 1110111', key: 'help.talk' },
]

export function Numbers() {
  return (
    <ul role="list" class="numbers">
      {NUMBERS.map(({ number, key }) => (
        <li key={number}>
          <a href={`tel:${number.replaceAll(' ', '')}`}>
            <strong dir="ltr">{number}</strong>
            <span>{t(key)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
