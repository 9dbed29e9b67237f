/** Trusts a chain of manifests only if it is sound and continues the one that was seen before. */
import { CentreChanged, CryptoFailure } from './failure'
import { type Chain, verifyChain } from './manifest'
import { pin, pinned } from './pins'
import type { CentrePin, Manifest, ManifestWire } from './types'

/** Throws CentreChanged if the chain is sound but does not continue the one seen before. */
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

/** A server that hides a known centre's manifests must not make anybody found the centre again. */
export async function demandUnknown(centre: string): Promise<void> {
  if (await seenOf(centre)) throw new CentreChanged(centre)
}

/**
 * Call this after a person has compared the safety number of the offered keys with the centre by
 * another channel. Only these keys are trusted then: if the server offers others meanwhile, they
 * are refused again.
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
