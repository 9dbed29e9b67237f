// Fetches these screens and their words at the first use, because most people never see them.
import { later } from '../shared/later'
import { lazy } from '../shared/lazy'
import { needWords } from '../shared/words'

const withWords =
  <T,>(part: () => Promise<T>) =>
  async (): Promise<T> => {
    const [module] = await Promise.all([part(), needWords('keys')])
    return module
  }

export const KeysChanged = lazy(
  withWords(later(() => import('./changed'))),
  (module) => module.KeysChanged,
)

export const CentreKeys = lazy(
  withWords(later(() => import('./centre'))),
  (module) => module.CentreKeys,
)

export const SafetyNumber = lazy(
  withWords(later(() => import('./number'))),
  (module) => module.SafetyNumber,
)
