import type { ComponentChildren } from 'preact'
import type { Session } from './session'

interface Props {
  session: Session
  conversationId: string
  /** Shows a way back, for narrow screens. */
  onBack?: (() => void) | undefined
  /** Takes the place of the title. */
  header?: ComponentChildren
  /** Buttons at the end of the header. */
  actions?: ComponentChildren
  /** Without a composer, such as a case that nobody has taken yet. */
  readOnly?: boolean
  /** Above the composer. */
  notice?: ComponentChildren
}

/** One conversation. It fills its parent, which has to give it a height. */
export function ConversationView({ conversationId }: Props) {
  return <section class="talk" data-conversation={conversationId} />
}
