import { useEffect, useState } from 'preact/hooks'
import { centreSafetyNumber } from '../crypto/identity'
import { t } from '../shared/words'
import { Code } from './qr'

/** A safety number: digits to compare on the telephone, a QR code for people who sit together. */
export function SafetyNumber({ centre, hash }: { centre: string; hash: string }) {
  const [number, setNumber] = useState('')
  useEffect(() => {
    void centreSafetyNumber(centre, hash).then(setNumber)
  }, [centre, hash])
  if (!number) return null
  return (
    <div class="safety-number">
      <p class="digits" dir="ltr">
        <span class="visually-hidden">{t('keys.number')}: </span>
        {number.split(' ').map((group, index) => (
          <span key={index}>{group} </span>
        ))}
      </p>
      <Code text={number} label={t('keys.code')} />
    </div>
  )
}
