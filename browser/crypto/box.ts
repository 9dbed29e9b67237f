/**
 * Boxes, to which others wrap keys. Their post-quantum code is larger than the whole chat, and a
 * client who only reads and writes never needs it. It is therefore fetched at the first use.
 */
import { later } from '../shared/later'
import type { BoxKey, Bytes, Recipient } from './types'

const hybrid = later(() => import('./hybrid'))

export async function boxFrom(seed: Bytes, id: Bytes): Promise<BoxKey> {
  return (await hybrid()).boxFrom(seed, id)
}

export async function newBox(): Promise<{ box: BoxKey; seed: Bytes }> {
  return (await hybrid()).newBox()
}

export async function seedOf(box: BoxKey): Promise<Bytes> {
  return (await hybrid()).seedOf(box)
}

export async function wrap(to: Recipient, plain: Bytes, context: Bytes): Promise<Bytes> {
  return (await hybrid()).wrap(to, plain, context)
}

export async function unwrap(box: BoxKey, wrapped: Bytes, context: Bytes): Promise<Bytes> {
  return (await hybrid()).unwrap(box, wrapped, context)
}
