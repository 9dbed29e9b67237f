import type { Marks } from './bubble'

/** What the search shows: the message to go to, and what to mark in which. */
export interface Found {
  id: string
  marks: ReadonlyMap<string, Marks>
}
