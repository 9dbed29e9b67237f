import { openDraft, sealDraft } from '../crypto/message'
import type { SessionContext } from './session-context'

/** Seals the draft under the account's key. It stays on this device. */
export async function keepDraft(
  { account, storage }: SessionContext,
  conversation: string,
  text: string,
) {
  if (!text.trim()) return storage.delete('drafts', conversation)
  await storage.put('drafts', await sealDraft(account, conversation, text), conversation)
}

export async function findDraft({ account, storage }: SessionContext, conversation: string) {
  const sealed = await storage.get('drafts', conversation)
  return sealed ? openDraft(account, conversation, sealed).catch(() => '') : ''
}
