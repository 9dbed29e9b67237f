import type { CentrePin } from './types'

/** Something could not be sealed, opened or believed. Nothing was sent, nothing may be shown. */
export class CryptoFailure extends Error {
  override name = 'CryptoFailure'
}

/**
 * The centre's keys are not the ones this browser saw before: a person has to check. `offered` are
 * sound keys that may take their place; without them the server says that there are none.
 */
export class CentreChanged extends CryptoFailure {
  override name = 'CentreChanged'

  constructor(
    readonly centre: string,
    readonly offered?: CentrePin,
  ) {
    super('not the keys seen before')
  }
}

/** What was typed is not a recovery code. */
export class RecoveryCodeError extends CryptoFailure {
  override name = 'RecoveryCodeError'
}
