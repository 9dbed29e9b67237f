import type { CentrePin } from './types'

/** Something could not be sealed, opened or trusted. Nothing was sent; show none of it. */
export class CryptoFailure extends Error {
  override name = 'CryptoFailure'
}

/**
 * The centre's keys are not the ones that this browser saw before: a person has to check. `offered`
 * are new keys whose chain is sound. It is undefined if the server claims that there are no keys.
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

/** The typed text contains no valid recovery code. */
export class RecoveryCodeError extends CryptoFailure {
  override name = 'RecoveryCodeError'
}
