/** Checks a centre's chain of manifests link by link, and signs the next one. */
import { fromBase64url, fromUtf8, sha256, toBase64url, utf8 } from './bytes'
import { context } from './context'
import { CryptoFailure } from './failure'
import { verify } from './identity'
import type { Account, Bytes, CentreBox, Manifest, ManifestWire, Member } from './types'

export interface Body {
  centre: string
  number: number
  previous: string
  epoch: number
  key_id: string
  box: string
  members: readonly Member[]
}

/** The newest manifest, and the hashes of all manifests by number. */
export interface Chain {
  manifest: Manifest
  hashes: ReadonlyMap<number, string>
}

export async function verifyChain(centre: string, wires: ManifestWire[]): Promise<Chain> {
  const boxes = new Map<number, CentreBox>()
  const hashes = new Map<number, string>()
  let last: Manifest | undefined
  for (const wire of wires) {
    const bytes = fromBase64url(wire.body)
    const body = read(fromUtf8(bytes))
    const hash = toBase64url(await sha256(bytes))
    demand(body.centre === centre && wire.number === body.number, 'of another place')
    demandStep(last, body)
    const signer = (last ?? body).members.find((member) => member.person === wire.signer)
    demand(signer?.lead, 'not signed by a lead')
    const statement = manifestStatement(centre, body.number, hash)
    await verify(fromBase64url(signer.identity), fromBase64url(wire.signature), statement)
    boxes.set(body.epoch, { key_id: body.key_id, box: body.box })
    hashes.set(body.number, hash)
    last = { ...body, hash, boxes }
  }
  demand(last, 'no manifest')
  return { manifest: last, hashes }
}

/** Signs the next manifest, and returns it as it is sent. */
export async function signManifest(account: Account, body: Body) {
  const bytes = utf8(write(body))
  const hash = toBase64url(await sha256(bytes))
  const statement = manifestStatement(body.centre, body.number, hash)
  const signature = toBase64url(await account.identity.sign(statement))
  return { body: toBase64url(bytes), signature }
}

function manifestStatement(centre: string, number: number, hash: string): Bytes {
  return context('manifest', centre, number, hash)
}

function demandStep(last: Manifest | undefined, body: Body): void {
  const people = new Set(body.members.map((member) => member.person))
  demand(people.size === body.members.length, 'somebody twice')
  demand(
    body.members.some((member) => member.lead),
    'nobody leads',
  )
  if (!last) {
    demand(body.number === 1 && body.previous === '' && body.epoch === 1, 'not the first')
    demand(people.size === 1, 'founded by more than one')
    return
  }
  demand(body.number === last.number + 1 && body.previous === last.hash, 'broken chain')
  const grown = body.epoch - last.epoch
  demand(grown === 0 || grown === 1, 'epochs jump')
  const changed = body.box !== last.box && body.key_id !== last.key_id
  const kept = body.box === last.box && body.key_id === last.key_id
  demand(grown ? changed : kept, 'box and epoch differ')
  // A member who has left still knows the old seed, so a new epoch is required.
  demand(grown || last.members.every((member) => people.has(member.person)), 'left without epoch')
}

/** Refuses text that `write` would not make: each meaning must have exactly one hash. */
function read(text: string): Body {
  let body: Body
  try {
    body = JSON.parse(text) as Body
    demand(write(body) === text && hasTypes(body), 'not canonical')
  } catch {
    throw new CryptoFailure('not a manifest')
  }
  return body
}

function write({ centre, number, previous, epoch, key_id, box, members }: Body): string {
  const listed = members.map(({ person, identity, lead }) => ({ person, identity, lead }))
  return JSON.stringify({ suite: 1, centre, number, previous, epoch, key_id, box, members: listed })
}

function hasTypes(body: Body): boolean {
  const { centre, number, previous, epoch, key_id, box, members } = body
  return (
    [centre, previous, key_id, box].every((text) => typeof text === 'string') &&
    [number, epoch].every(Number.isSafeInteger) &&
    members.every(
      ({ person, identity, lead }) =>
        typeof person === 'string' && typeof identity === 'string' && typeof lead === 'boolean',
    )
  )
}

function demand(holds: unknown, otherwise: string): asserts holds {
  if (!holds) throw new CryptoFailure(`manifest refused: ${otherwise}`)
}
