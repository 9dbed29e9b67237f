// Fetched when it is first needed, with its words: nobody should wait for it who never sees it.
import { lazy } from '../shared/lazy'
import { needWords } from '../shared/words'

const withWords = async <T,>(part: Promise<T>): Promise<T> => {
  const [module] = await Promise.all([part, needWords('keys')])
  return module
}

export const KeysChanged = lazy(() =>
  withWords(import('./changed')).then((module) => module.KeysChanged),
)

export const CentreKeys = lazy(() =>
  withWords(import('./centre')).then((module) => module.CentreKeys),
)

export const SafetyNumber = lazy(() =>
  withWords(import('./number')).then((module) => module.SafetyNumber),
)
