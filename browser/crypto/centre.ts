/** Founds a centre's keys, opens them for a member, and admits colleagues. */
import { boxFrom, newBox, seedOf, unwrap, wrap } from './box'
import { fromBase64url, same, toBase64url } from './bytes'
import { context } from './context'
import { CryptoFailure } from './failure'
import { boxStatement, verify } from './identity'
import { signManifest } from './manifest'
import { demandUnknown, verifyManifests } from './trust'
import type {
  Account,
  AdmitWire,
  BoxKey,
  Bytes,
  CentreKeys,
  CentreKeysWire,
  FoundWire,
  Manifest,
  Member,
  Recipient,
  WaitingMember,
} from './types'

export async function foundCentre(account: Account, centre: string): Promise<FoundWire> {
  await demandUnknown(centre)
  const { box, seed } = await newBox()
  const epoch = {
    number: 1 as const,
    key_id: toBase64url(box.id),
    box_public: toBase64url(box.publicKey),
  }
  const signed = await signManifest(account, {
    centre,
    number: 1,
    previous: '',
    epoch: 1,
    key_id: epoch.key_id,
    box: epoch.box_public,
    members: [entry(account.person, account.identity.publicKey, true)],
  })
  const wrapped = await wrapSeed(await account.box(), seed, centre, 1, account.person)
  return { epoch, wrapped, manifest: { number: 1, ...signed } }
}

export async function openCentre(account: Account, wire: CentreKeysWire): Promise<CentreKeys> {
  const manifest = await verifyManifests(wire.centre, wire.manifests)
  const me = manifest.members.find((member) => member.person === account.person)
  if (!me) return { manifest, boxes: new Map(), lead: false }
  if (!same(fromBase64url(me.identity), account.identity.publicKey)) {
    throw new CryptoFailure('the centre knows me by another key')
  }
  const opened = await Promise.all(
    wire.wraps.map(async ({ epoch, wrapped }) => {
      return [epoch, await openEpoch(account, manifest, epoch, wrapped)] as const
    }),
  )
  opened.sort(([a], [b]) => a - b)
  return { manifest, boxes: new Map(opened), lead: me.lead }
}

/**
 * Call this only after a person has agreed: the code checks only that the colleague's keys belong
 * together. Leads may admit others. A centre that loses its only lead can admit nobody any more.
 */
export async function admit(
  account: Account,
  { manifest, boxes }: CentreKeys,
  member: WaitingMember,
  lead = false,
): Promise<AdmitWire> {
  const identity = fromBase64url(member.identity_public)
  const box = { id: fromBase64url(member.box_key_id), publicKey: fromBase64url(member.box_public) }
  const statement = boxStatement(member.person, box.id, box.publicKey)
  await verify(identity, fromBase64url(member.box_signature), statement)
  const wraps = await Promise.all(
    [...boxes].map(async ([epoch, own]) => {
      const seed = await seedOf(own)
      const wrapped = await wrapSeed(box, seed, manifest.centre, epoch, member.person)
      return { epoch, wrapped }
    }),
  )
  const number = manifest.number + 1
  const members = [...manifest.members, entry(member.person, identity, lead)]
  const next = { ...manifest, number, previous: manifest.hash, members }
  return {
    person: member.person,
    wraps,
    manifest: { number, ...(await signManifest(account, next)) },
  }
}

function entry(person: string, identity: Bytes, lead: boolean): Member {
  return { person, identity: toBase64url(identity), lead }
}

async function wrapSeed(
  to: Recipient,
  seed: Bytes,
  centre: string,
  epoch: number,
  person: string,
): Promise<string> {
  return toBase64url(await wrap(to, seed, context('centre-key', centre, epoch, person)))
}

async function openEpoch(
  account: Account,
  { centre, boxes }: Manifest,
  epoch: number,
  wrapped: string,
): Promise<BoxKey> {
  const place = context('centre-key', centre, epoch, account.person)
  const seed = await unwrap(await account.box(), fromBase64url(wrapped), place)
  const told = boxes.get(epoch)
  if (!told) throw new CryptoFailure('an epoch that no manifest names')
  const box = await boxFrom(seed, fromBase64url(told.key_id))
  if (!same(box.publicKey, fromBase64url(told.box))) {
    throw new CryptoFailure('not the seed of the signed box')
  }
  return box
}
