import { utf8 } from './bytes'
import { CryptoFailure } from './failure'
import type { Bytes } from './types'

/** Says what a seal is for, so that it opens nowhere else. */
export function context(purpose: string, ...parts: (string | number)[]): Bytes {
  const lines = [purpose, ...parts.map(String)]
  // A line break in a part could make two different contexts equal.
  if (lines.some((line) => /[\r\n]/.test(line))) throw new CryptoFailure('line break in context')
  return utf8(`lotse/1\n${lines.join('\n')}`)
}
