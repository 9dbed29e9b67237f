// The centre's key on this device, the colleagues who wait for it, and how a lead admits them.
import {
  type Account,
  admit,
  CentreChanged,
  type CentreKeys,
  type CentreKeysWire,
  foundCentre,
  openCentre,
  type WaitingMember,
} from '../../crypto'
import { ApiProblem, api } from '../../shared/api'
import { Changes } from '../../shared/changes'

export interface Waiting extends WaitingMember {
  name: string
}

interface KeysAnswer extends CentreKeysWire {
  waiting: Waiting[]
  leads: string[]
  me_lead: boolean
}

/**
 * `waiting`: a lead must admit me first. `changed`: a person has to compare the new keys first.
 * `broken`: the chain of manifests does not verify.
 */
export type KeyState = 'loading' | 'waiting' | 'open' | 'offline' | 'changed' | 'broken'

const AGAIN = 5000

export class Keyring extends Changes {
  state: KeyState = 'loading'
  keys: CentreKeys | null = null
  change: CentreChanged | null = null
  waiting: Waiting[] = []
  /** The names of the members who can admit others. */
  leads: string[] = []

  constructor(
    readonly account: Account,
    readonly centre: string,
  ) {
    super()
  }

  async load(): Promise<void> {
    let answer: KeysAnswer
    try {
      answer = await this.#ask()
    } catch (error) {
      if (error instanceof CentreChanged) this.#changedBy(error)
      else if (this.state === 'loading') this.#set('offline')
      // The event that caused this call does not come again, so try again here.
      else setTimeout(() => void this.load(), AGAIN)
      return
    }
    this.waiting = answer.me_lead ? answer.waiting : []
    this.leads = answer.leads
    try {
      this.keys = await openCentre(this.account, answer)
      this.#set(this.keys.boxes.size > 0 ? 'open' : 'waiting')
    } catch (error) {
      if (error instanceof CentreChanged) this.#changedBy(error)
      else this.#set('broken')
    }
  }

  /** Neither the old nor the new keys may admit anybody or open anything. */
  #changedBy(change: CentreChanged): void {
    this.keys = null
    this.change = change
    this.waiting = []
    this.#set('changed')
  }

  /** The first member founds the centre's keys here, even if an earlier try was interrupted. */
  async #ask(): Promise<KeysAnswer> {
    const answer = await api<KeysAnswer>('GET', '/api/centre-keys')
    if (answer.manifests.length > 0) return answer
    try {
      const wire = await foundCentre(this.account, this.centre)
      await api('POST', '/api/centre-keys/found', wire)
    } catch (problem) {
      // A colleague founded the keys in the same second: take the colleague's.
      if (!(problem instanceof ApiProblem) || problem.status !== 409) throw problem
    }
    return api<KeysAnswer>('GET', '/api/centre-keys')
  }

  /** With `lead`, the colleague may admit others too. */
  async admit(member: Waiting, lead: boolean): Promise<void> {
    if (!this.keys) return
    try {
      const wire = await admit(this.account, this.keys, member, lead)
      await api('POST', '/api/centre-keys/admit', wire)
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.type !== 'stale-keys') throw problem
    }
    await this.load()
  }

  #set(state: KeyState): void {
    this.state = state
    this.changed()
  }
}
