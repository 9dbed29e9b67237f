import type { Account, CentreKeys } from '../crypto'
import type { Me } from '../shared/me'
import type { Outbox } from '../stream/outbox'
import type { Storage } from '../stream/storage'
import type { WireConversation } from '../stream/wire'

/** What every conversation of a session shares. */
export interface SessionContext {
  account: Account
  me: Me
  storage: Storage
  outbox: Outbox
  /** Opened files by blob, so that what was just sent or seen is not fetched again. */
  files: Map<string, Promise<Blob>>
  /** A conversation as it is now. */
  info(id: string): Promise<WireConversation>
  /** Who opens conversation keys: the person, or also as a member of a centre. */
  reader(): Account | { account: Account; centre: CentreKeys }
}
