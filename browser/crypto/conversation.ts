import { unwrap, wrap } from './box'
import { fromBase64url, sha256, toBase64url } from './bytes'
import { context } from './context'
import { CryptoFailure } from './failure'
import { pin, pinned } from './pins'
import { open, seal } from './sealed'
import { newSecret, unpack } from './secret'
import type {
  Account,
  Bytes,
  CentreKeys,
  ConversationKey,
  ConversationKeys,
  ConversationWire,
  ConversationWrap,
  Manifest,
} from './types'

/**
 * The only epoch that is accepted. Everybody can wrap a key to a centre, and a wrap does not prove
 * its author: the server could add a later epoch with a key of its own.
 */
const EPOCH = 1

export async function newConversation(
  account: Account,
  conversation: string,
  centre: Manifest,
): Promise<{ key: ConversationKey; wire: ConversationWire }> {
  const { packed, secret } = await newSecret()
  const box = { id: fromBase64url(centre.key_id), publicKey: fromBase64url(centre.box) }
  const forClient = await seal(account.key, packed, clientPlace(conversation, account.person))
  const forCentre = await wrap(box, packed, centrePlace(conversation, centre.centre, centre.epoch))
  const wire: ConversationWire = {
    epoch: EPOCH,
    key_id: toBase64url(secret.id),
    client_wrap: toBase64url(forClient),
    centre_wrap: toBase64url(forCentre),
    centre_epoch: centre.epoch,
  }
  packed.fill(0)
  return { key: { ...secret, epoch: EPOCH }, wire }
}

/** A client opens the key with the account, a member with the centre's keys. */
export async function openConversation(
  conversation: string,
  wraps: ConversationWrap[],
  reader: Account | { account: Account; centre: CentreKeys },
): Promise<ConversationKeys> {
  const first = wraps.filter((wrap) => wrap.epoch === EPOCH)
  const packed =
    'centre' in reader
      ? await openAsMember(conversation, first, reader.centre)
      : await openAsClient(conversation, first, reader)
  const secret = await unpack(packed)
  packed.fill(0)
  return new Map([[EPOCH, { ...secret, epoch: EPOCH }]])
}

async function openAsClient(
  conversation: string,
  wraps: ConversationWrap[],
  account: Account,
): Promise<Bytes> {
  const mine = wraps.find((wrap) => wrap.recipient === account.person)
  if (!mine) throw new CryptoFailure('no key for me')
  const place = clientPlace(conversation, account.person)
  return open(account.key, fromBase64url(mine.wrapped), place)
}

async function openAsMember(
  conversation: string,
  wraps: ConversationWrap[],
  { manifest: { centre }, boxes }: CentreKeys,
): Promise<Bytes> {
  const ours = wraps.find((wrap) => wrap.recipient === centre && boxes.has(wrap.recipient_epoch))
  const box = ours && boxes.get(ours.recipient_epoch)
  if (!box) throw new CryptoFailure('no key for this centre')
  const place = centrePlace(conversation, centre, ours.recipient_epoch)
  const packed = await unwrap(box, fromBase64url(ours.wrapped), place)
  await demandUnchanged(conversation, packed)
  return packed
}

/** Otherwise the server could swap in a key of its own and read every later answer. */
async function demandUnchanged(conversation: string, packed: Bytes): Promise<void> {
  const name = `conversation/${conversation}`
  const hash = toBase64url(await sha256(packed))
  const seen = await pinned(name)
  if (seen === undefined) await pin(name, hash)
  else if (seen !== hash) throw new CryptoFailure('not the key seen before')
}

function clientPlace(conversation: string, person: string): Bytes {
  return context('conversation-key', conversation, EPOCH, 'person', person, 1)
}

function centrePlace(conversation: string, centre: string, epoch: number): Bytes {
  return context('conversation-key', conversation, EPOCH, 'centre', centre, epoch)
}
