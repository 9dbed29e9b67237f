import { boxFrom, newBox, SEED } from './box'
import { concat, fromBase64url, random, toBase64url } from './bytes'
import { context } from './context'
import { CryptoFailure } from './failure'
import { boxStatement, identityFrom } from './identity'
import { derive, freshKdf } from './password'
import { deriveFromCode, newRecoveryCode, showRecoveryCode } from './recovery'
import { KEY_ID, open, seal, sealedUnder } from './sealed'
import { newSecret, pack, unpack } from './secret'
import type {
  Account,
  AccountWire,
  Bytes,
  Derived,
  NewKeys,
  PasswordKeys,
  RecoveryWire,
  SecretKey,
  Strength,
} from './types'

type Way = 'password' | 'recovery'

export async function createAccount(
  person: string,
  password: string,
  strength: Strength,
): Promise<{ account: Account; keys: NewKeys; recoveryCode: string }> {
  const { secret: key } = await newSecret(true)
  const identitySeed = random(SEED)
  const identity = await identityFrom(identitySeed)
  const { box, seed } = await newBox()
  const account = { person, key, identity, box }
  const seeds = concat(identitySeed, seed, box.id)
  const code = newRecoveryCode()
  const recovery = await deriveFromCode(code)
  const statement = boxStatement(person, box.id, box.publicKey)
  const keys: NewKeys = {
    ...(await changePassword(account, password, strength)),
    recovery_sign_in_key: recovery.signInKey,
    wrapped_by_recovery: await wrapKey(account, recovery, 'recovery'),
    private_keys: toBase64url(await seal(key, seeds, context('private-keys', person))),
    identity_public: toBase64url(identity.publicKey),
    box_public: toBase64url(box.publicKey),
    box_key_id: toBase64url(box.id),
    box_signature: toBase64url(await identity.sign(statement)),
  }
  return { account, keys, recoveryCode: showRecoveryCode(code) }
}

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

export async function openWithRecovery(
  person: string,
  code: Bytes,
  wire: RecoveryWire,
): Promise<Account> {
  const derived = await deriveFromCode(code)
  const key = await unwrapKey(person, derived, 'recovery', wire.wrapped_by_recovery)
  return withKeys(person, key, wire.private_keys)
}

async function wrapKey(account: Account, { wrappingKey }: Derived, way: Way): Promise<string> {
  const secret = { id: random(KEY_ID), key: wrappingKey }
  const place = context('account-key', account.person, way)
  return toBase64url(await seal(secret, await pack(account.key), place))
}

async function unwrapKey(
  person: string,
  { wrappingKey }: Derived,
  way: Way,
  wrapped: string,
): Promise<SecretKey> {
  const sealed = fromBase64url(wrapped)
  const secret = { id: sealedUnder(sealed), key: wrappingKey }
  return unpack(await open(secret, sealed, context('account-key', person, way)), true)
}

async function withKeys(person: string, key: SecretKey, privateKeys: string): Promise<Account> {
  const place = context('private-keys', person)
  const seeds = await open(key, fromBase64url(privateKeys), place)
  if (seeds.length !== 2 * SEED + KEY_ID) throw new CryptoFailure('not private keys')
  const [identity, box] = await Promise.all([
    identityFrom(seeds.slice(0, SEED)),
    boxFrom(seeds.slice(SEED, 2 * SEED), seeds.slice(2 * SEED)),
  ])
  return { person, key, identity, box }
}
