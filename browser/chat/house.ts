import type { Account, CentreKeys } from '../crypto'
import type { Me } from '../shared/me'
import type { Outbox } from '../stream/outbox'
import type { Storage } from '../stream/storage'

/** What every conversation of a session shares. */
export interface House {
  account: Account
  me: Me
  storage: Storage
  outbox: Outbox
  /** Who opens conversation keys: the person, or also as a member of a centre. */
  reader(): Account | { account: Account; centre: CentreKeys }
}
