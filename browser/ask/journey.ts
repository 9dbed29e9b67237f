/**
 * The sending of a first question. It remembers each completed step and makes all ids only once:
 * a retry after a dead connection continues at the failed step and creates no duplicates.
 */

import { createAccount, newConversation, sealMessage, verifyManifests } from '../crypto'
import type { ConversationWire } from '../crypto/types'
import { ApiProblem, api } from '../shared/api'
import { newId } from '../shared/ids'
import { letIn } from '../shared/me'
import { language } from '../shared/words'
import type { Opened } from '../sign-in/open'
import type { Asked, CentrePublic } from './asked'

export type Stage = 'account' | 'centre' | 'seal' | 'send'
export const STAGES: Stage[] = ['account', 'centre', 'seal', 'send']

type Made = Awaited<ReturnType<typeof createAccount>>
interface Sealed {
  keys: ConversationWire
  body: string
}

export class Journey {
  readonly conversation = newId()
  readonly #message = newId()
  readonly #person = crypto.randomUUID()
  #making: { password: string; made: Promise<Made> } | undefined
  #sealed: Sealed | undefined

  constructor(
    readonly asked: Asked,
    /** The unlocked account. If it is undefined, call `register` first. */
    public opened?: Opened,
  ) {}

  /** Makes the account's keys. Call it early: this slow part then runs while the person reads. */
  make(password: string): Promise<Made> {
    if (this.#making?.password !== password) {
      const made = createAccount(this.#person, password, 'client')
      this.#making = { password, made }
      made.catch(() => {
        this.#making = undefined
      })
    }
    return this.#making.made
  }

  async register(nickname: string, password: string): Promise<void> {
    if (this.opened) return
    const { account, keys } = await this.make(password)
    const { person } = account
    const me = await letIn('/api/accounts', {
      person,
      nickname,
      language: language(),
      keys,
    })
    this.opened = { account, me }
  }

  /** Seals and sends the question. Throws without an account. Calls `tell` when a stage begins. */
  async send(question: string, spoken: string, tell: (stage: Stage) => void): Promise<void> {
    this.#sealed ??= await this.#seal(question, tell)
    tell('send')
    try {
      await this.#post(this.#sealed, spoken)
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.type !== 'stale-keys') throw error
      // The centre has changed its keys meanwhile: seal once more, with the new keys.
      this.#sealed = await this.#seal(question, tell)
      tell('send')
      await this.#post(this.#sealed, spoken)
    }
  }

  async #seal(question: string, tell: (stage: Stage) => void): Promise<Sealed> {
    const { account } = this.#ready()
    const { centre } = this.asked
    tell('centre')
    const { manifests } = await api<CentrePublic>('GET', `/api/centres/${centre.id}/keys`)
    const manifest = await verifyManifests(centre.id, manifests)
    tell('seal')
    const { key, wire } = await newConversation(account, this.conversation, manifest)
    const place = {
      conversation: this.conversation,
      message: this.#message,
      sender: account.person,
    }
    return { keys: wire, body: await sealMessage(key, place, { kind: 'text', text: question }) }
  }

  async #post({ keys, body }: Sealed, spoken: string): Promise<void> {
    const { centre, counsellor, topic, place } = this.asked
    await api('POST', '/api/cases', {
      conversation: this.conversation,
      centre: centre.id,
      counsellor: counsellor?.id ?? null,
      language: spoken,
      topic,
      place,
      keys,
      message: { id: this.#message, body },
    })
  }

  #ready(): Opened {
    if (!this.opened) throw new Error('no account yet')
    return this.opened
  }
}
