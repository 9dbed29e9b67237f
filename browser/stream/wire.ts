/** The server's JSON for conversations (lotse/conversations/api.py) and events (lotse/stream). */

export interface Wrap {
  epoch: number
  key_id: string
  recipient: string
  recipient_epoch: number
  wrapped: string
}

/** `body` is sealed; it is empty if the message was withdrawn. `sent_at` is ISO 8601. */
export interface WireMessage {
  id: string
  number: number
  sender: string
  epoch: number
  body: string
  sent_at: string
  withdrawn_at: string | null
}

/** The newest message of a conversation. Lists leave out a long body. */
export type ListedMessage = Omit<WireMessage, 'body'> & { body: string | null }

export interface Receipts {
  delivered: number
  read: number
}

export interface Case {
  centre: { id: string; name: string }
  counsellor: { id: string; person: string; name: string } | null
  requested: { id: string; name: string } | null
  client: { person: string; nickname: string } | null
  language: string
  topic: string | null
  place: string
  state: 'new' | 'running' | 'closed'
  waiting_since: string | null
  answer_by: string | null
  absent_until: string | null
  made_at: string
}

export interface WireConversation {
  id: string
  epoch: number
  last: number
  unread: number
  wraps: Wrap[]
  me: Receipts
  others: Receipts
  last_message: ListedMessage | null
  case: Case
}

/** The kinds of events in `GET /live/events`, with their data. */
export interface Events {
  /** `waiting_since` and `answer_by` are included if the message has changed them. */
  message: { conversation: string; message: WireMessage } & Partial<
    Pick<Case, 'waiting_since' | 'answer_by'>
  >
  withdrawn: { conversation: string; message: string; number: number }
  receipts: { conversation: string; person: string; delivered: number; read: number }
  case: { conversation: string }
  /** The client has deleted the account, and the conversation with it. */
  erased: { conversation: string }
  queue: { centre: string; conversation: string }
  keys: { centre: string }
  typing: { conversation: string; person: string }
}

export type Kind = keyof Events
