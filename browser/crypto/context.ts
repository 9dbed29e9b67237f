import { utf8 } from './bytes'
import { CryptoFailure } from './failure'
import type { Bytes } from './types'

/** Names the place that a seal is made for, so that it opens in no other place. */
export function context(purpose: string, ...parts: (string | number)[]): Bytes {
  const lines = [purpose, ...parts.map(String)]
  // A line break in a part could make two different contexts equal.
  if (lines.some((line) => /[\r\n]/.test(line))) throw new CryptoFailure('line break in context')
  return utf8(`lotse/1\n${lines.join('\n')}`)
}
