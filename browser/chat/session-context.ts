import type { Account, CentreKeys } from '../crypto'
import type { Me } from '../shared/me'
import type { Outbox } from '../stream/outbox'
import type { Storage } from '../stream/storage'
import type { WireConversation } from '../stream/wire'

/** What all conversations of a session share. */
export interface SessionContext {
  account: Account
  me: Me
  storage: Storage
  outbox: Outbox
  /** Opened files by blob id, so that a file that was just sent or viewed is not fetched again. */
  files: Map<string, Promise<Blob>>
  /** Asks the server for the conversation. */
  info(id: string): Promise<WireConversation>
  /** The account that opens conversation keys, with the centre's keys if it has them. */
  reader(): Account | { account: Account; centre: CentreKeys }
}
