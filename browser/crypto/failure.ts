/** Something could not be sealed, opened or believed. Nothing was sent, nothing may be shown. */
export class CryptoFailure extends Error {
  override name = 'CryptoFailure'
}

/** The centre's keys are not the ones this browser saw before: a person has to check. */
export class CentreChanged extends CryptoFailure {
  override name = 'CentreChanged'
}

/** What was typed is not a recovery code. */
export class RecoveryCodeError extends CryptoFailure {
  override name = 'RecoveryCodeError'
}
