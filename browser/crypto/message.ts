import { concat, fromBase64url, fromUtf8, toBase64url, utf8 } from './bytes'
import { readContent } from './content'
import { context } from './context'
import { CryptoFailure } from './failure'
import { open, seal } from './sealed'
import type {
  Account,
  Bytes,
  Content,
  ConversationKey,
  ConversationKeys,
  MessagePlace,
  UnknownContent,
} from './types'

// Padding to whole blocks makes "yes" and "no" equally long.
const BLOCK = 256
const SPACE = 32

export async function sealMessage(
  key: ConversationKey,
  place: MessagePlace,
  content: Content,
): Promise<string> {
  const plain = utf8(JSON.stringify(content))
  const padding = new Uint8Array(-plain.length & (BLOCK - 1)).fill(SPACE)
  return toBase64url(await seal(key, concat(plain, padding), messagePlace(place, key.epoch)))
}

export async function openMessage(
  keys: ConversationKeys,
  place: MessagePlace & { epoch: number },
  body: string,
): Promise<Content | UnknownContent> {
  const key = keys.get(place.epoch)
  if (!key) throw new CryptoFailure('no key of this epoch')
  return readContent(await open(key, fromBase64url(body), messagePlace(place, place.epoch)))
}

/** Drafts stay in this browser, sealed under the account's key. */
export async function sealDraft(
  account: Account,
  conversation: string,
  text: string,
): Promise<string> {
  const place = context('draft', account.person, conversation)
  return toBase64url(await seal(account.key, utf8(text), place))
}

export async function openDraft(
  account: Account,
  conversation: string,
  sealed: string,
): Promise<string> {
  const place = context('draft', account.person, conversation)
  return fromUtf8(await open(account.key, fromBase64url(sealed), place))
}

function messagePlace({ conversation, message, sender }: MessagePlace, epoch: number): Bytes {
  return context('message', conversation, epoch, message, sender)
}
