// Buttons to take a case and to close it.
import { useState } from 'preact/hooks'
import { Dialog } from '../../shared/dialog'
import { explain } from '../../shared/problems'
import { toast } from '../../shared/toast'
import { t } from '../../shared/words'
import type { WireConversation as Conversation } from '../../stream/wire'
import { useDesk } from '../desk'
import { Icon } from '../icons'
import { viewOf } from '../queue/cases'
import { address, moved } from '../route'

export function Take({ conversation }: { conversation: Conversation }) {
  const { cases } = useDesk()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const take = async () => {
    setBusy(true)
    setProblem('')
    try {
      const faster = await cases.take(conversation.id)
      toast(faster === null ? t('desk.taken') : t('desk.faster', { name: faster }))
      moved(address(faster === null ? 'mine' : 'centre', conversation.id))
    } catch (error) {
      setProblem(explain(error))
    }
    setBusy(false)
  }
  return (
    <div class="take">
      {problem && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      <p class="soft">{t('desk.take-hint')}</p>
      <button type="button" class="button big" disabled={busy} onClick={() => void take()}>
        {t('desk.take')}
      </button>
    </div>
  )
}

export function Close({ conversation }: { conversation: Conversation }) {
  const [asking, ask] = useState(false)
  return (
    <>
      <button type="button" class="button quiet" onClick={() => ask(true)}>
        <Icon name="archive" />
        <span class="close-words">{t('desk.close')}</span>
      </button>
      {asking && <ConfirmClose conversation={conversation} onEnd={() => ask(false)} />}
    </>
  )
}

function ConfirmClose(props: { conversation: Conversation; onEnd(): void }) {
  const { conversation, onEnd } = props
  const { cases, me } = useDesk()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const close = async () => {
    setBusy(true)
    try {
      const from = viewOf(conversation, me.person)
      await cases.close(conversation.id)
      onEnd()
      toast(t('desk.closed-now'))
      moved(address(from))
    } catch (error) {
      setProblem(explain(error))
      setBusy(false)
    }
  }
  const name = conversation.case.client?.nickname ?? t('desk.someone')
  return (
    <Dialog title={t('desk.close-title')} onClose={onEnd}>
      <p>{t('desk.close-text', { name })}</p>
      {conversation.case.waiting_since && (
        <p class="notice warn">
          <Icon name="alert" />
          {t('desk.close-waiting')}
        </p>
      )}
      {problem && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      <div class="bar dialog-actions">
        <button type="button" class="button quiet" onClick={onEnd}>
          {t('desk.cancel')}
        </button>
        <button type="button" class="button danger" disabled={busy} onClick={() => void close()}>
          {t('desk.close-yes')}
        </button>
      </div>
    </Dialog>
  )
}
