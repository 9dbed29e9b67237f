/** One person's keys, opened by a password. */
import { boxFrom } from './box'
import { fromBase64url, fromUtf8, random, toBase64url, utf8 } from './bytes'
import { context } from './context'
import { CryptoFailure } from './failure'
import { identityFrom } from './identity'
import { derive, freshKdf } from './password'
import { KEY_ID, open, SEED, seal, sealedUnder } from './sealed'
import { pack, unpack } from './secret'
import type {
  Account,
  AccountWire,
  BoxKey,
  Derived,
  PasswordKeys,
  SecretKey,
  Strength,
} from './types'

type Way = 'password' | 'recovery' | 'device'
type Wrapping = Pick<Derived, 'wrappingKey'>

export async function changePassword(
  account: Account,
  password: string,
  strength: Strength,
): Promise<PasswordKeys> {
  const kdf = freshKdf(strength)
  const derived = await derive(password, kdf)
  return {
    ...kdf,
    sign_in_key: derived.signInKey,
    wrapped_by_password: await wrapKey(account, derived, 'password'),
  }
}

export async function openAccount(
  person: string,
  derived: Derived,
  wire: AccountWire,
): Promise<Account> {
  const key = await unwrapKey(person, derived, 'password', wire.wrapped_by_password)
  return withKeys(person, key, wire.private_keys)
}

export async function wrapKey(
  account: Account,
  { wrappingKey }: Wrapping,
  way: Way,
): Promise<string> {
  const secret = { id: random(KEY_ID), key: wrappingKey }
  const place = context('account-key', account.person, way)
  return toBase64url(await seal(secret, await pack(account.key), place))
}

export async function unwrapKey(
  person: string,
  { wrappingKey }: Wrapping,
  way: Way,
  wrapped: string,
): Promise<SecretKey> {
  const sealed = fromBase64url(wrapped)
  const secret = { id: sealedUnder(sealed), key: wrappingKey }
  return unpack(await open(secret, sealed, context('account-key', person, way)), true)
}

/** Seals the secret that unlocks the session, for a device that keeps the person signed in. */
export async function sealUnlock(
  person: string,
  { wrappingKey }: Wrapping,
  secret: string,
): Promise<string> {
  const key = { id: random(KEY_ID), key: wrappingKey }
  return toBase64url(await seal(key, utf8(secret), context('unlock', person, 'device')))
}

export async function openUnlock(
  person: string,
  { wrappingKey }: Wrapping,
  wrapped: string,
): Promise<string> {
  const sealed = fromBase64url(wrapped)
  const key = { id: sealedUnder(sealed), key: wrappingKey }
  return fromUtf8(await open(key, sealed, context('unlock', person, 'device')))
}

export async function withKeys(
  person: string,
  key: SecretKey,
  privateKeys: string,
): Promise<Account> {
  const place = context('private-keys', person)
  const seeds = await open(key, fromBase64url(privateKeys), place)
  if (seeds.length !== 2 * SEED + KEY_ID) throw new CryptoFailure('not private keys')
  const identity = await identityFrom(seeds.slice(0, SEED))
  let box: Promise<BoxKey> | undefined
  return {
    person,
    key,
    identity,
    box() {
      box ??= boxFrom(seeds.slice(SEED, 2 * SEED), seeds.slice(2 * SEED))
      // If the code of boxes could not be downloaded, the next call tries again.
      box.catch(() => {
        box = undefined
      })
      return box
    },
  }
}
