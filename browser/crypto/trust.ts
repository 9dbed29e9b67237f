/** Which chain of manifests this browser believes: verified, and a continuation of what it saw. */
import { CentreChanged, CryptoFailure } from './failure'
import { type Chain, verifyChain } from './manifest'
import { pin, pinned } from './pins'
import type { CentrePin, Manifest, ManifestWire } from './types'

/** Throws CentreChanged when the chain is sound, but not the one seen before. */
export async function verifyManifests(
  centre: string,
  manifests: ManifestWire[],
): Promise<Manifest> {
  const chain = await verifyChain(centre, manifests)
  const seen = await seenOf(centre)
  const { number, hash } = chain.manifest
  const newest = { root: chain.hashes.get(1) as string, number, hash }
  if (seen && !continues(chain, seen)) throw new CentreChanged(centre, newest)
  if (seen?.number !== number) await remember(centre, newest)
  return chain.manifest
}

/** A server that hides a known centre's manifests must not get it founded anew. */
export async function demandUnknown(centre: string): Promise<void> {
  if (await seenOf(centre)) throw new CentreChanged(centre)
}

/**
 * After a person has compared the safety number of the offered keys with the centre by another way.
 * From then on exactly these are believed: a server that meanwhile offers others is refused again.
 */
export async function acceptCentre({ centre, offered }: CentreChanged): Promise<void> {
  if (!offered) throw new CryptoFailure('there are no keys to accept')
  await remember(centre, offered)
}

async function seenOf(centre: string): Promise<CentrePin | undefined> {
  const text = await pinned(name(centre))
  return text === undefined ? undefined : (JSON.parse(text) as CentrePin)
}

function remember(centre: string, newest: CentrePin): Promise<void> {
  return pin(name(centre), JSON.stringify(newest))
}

function continues({ hashes }: Chain, seen: CentrePin): boolean {
  return hashes.get(1) === seen.root && hashes.get(seen.number) === seen.hash
}

function name(centre: string): string {
  return `centre/${centre}`
}
