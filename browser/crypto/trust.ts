/** Which chain of manifests this browser believes: verified, and a continuation of what it saw. */
import { CentreChanged } from './failure'
import { type Chain, verifyChain } from './manifest'
import { pin, pinned, unpin } from './pins'
import type { Manifest, ManifestWire } from './types'

/** Throws CentreChanged when the chain is sound, but not the one seen before. */
export async function verifyManifests(
  centre: string,
  manifests: ManifestWire[],
): Promise<Manifest> {
  const chain = await verifyChain(centre, manifests)
  const seen = await seenOf(centre)
  if (seen && !continues(chain, seen)) throw new CentreChanged('not the keys seen before')
  const { number, hash } = chain.manifest
  const root = chain.hashes.get(1) as string
  if (seen?.number !== number) await pin(name(centre), JSON.stringify({ root, number, hash }))
  return chain.manifest
}

/** A server that hides a known centre's manifests must not get it founded anew. */
export async function demandUnknown(centre: string): Promise<void> {
  if (await seenOf(centre)) throw new CentreChanged('this centre has keys already')
}

/** After a person has checked the new keys with the centre by another way. */
export function forgetCentre(centre: string): Promise<void> {
  return unpin(name(centre))
}

interface Seen {
  root: string
  number: number
  hash: string
}

async function seenOf(centre: string): Promise<Seen | undefined> {
  const text = await pinned(name(centre))
  return text === undefined ? undefined : (JSON.parse(text) as Seen)
}

function continues({ hashes }: Chain, seen: Seen): boolean {
  return hashes.get(1) === seen.root && hashes.get(seen.number) === seen.hash
}

function name(centre: string): string {
  return `centre/${centre}`
}
