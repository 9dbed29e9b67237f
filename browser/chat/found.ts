import type { Marks } from './bubble'

/** A search's result: the message to go to, and the marks in each message by its id. */
export interface Found {
  id: string
  marks: ReadonlyMap<string, Marks>
}
