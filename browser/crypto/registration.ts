/** Creates accounts and opens them with a recovery code. Signing in needs neither. */
import { changePassword, unwrapKey, withKeys, wrapKey } from './account'
import { newBox } from './box'
import { concat, random, toBase64url } from './bytes'
import { context } from './context'
import { boxStatement, identityFrom } from './identity'
import { deriveFromCode, newRecoveryCode, showRecoveryCode } from './recovery'
import { SEED, seal } from './sealed'
import { newSecret } from './secret'
import type { Account, Bytes, NewKeys, RecoveryKeys, RecoveryWire, Strength } from './types'

export async function createAccount(
  person: string,
  password: string,
  strength: Strength,
): Promise<{ account: Account; keys: NewKeys; recoveryCode: string }> {
  const { secret: key } = await newSecret(true)
  const identitySeed = random(SEED)
  const identity = await identityFrom(identitySeed)
  const { box, seed } = await newBox()
  const account = { person, key, identity, box: async () => box }
  const seeds = concat(identitySeed, seed, box.id)
  const recovery = await newRecovery(account)
  const statement = boxStatement(person, box.id, box.publicKey)
  const keys: NewKeys = {
    ...(await changePassword(account, password, strength)),
    ...recovery.keys,
    private_keys: toBase64url(await seal(key, seeds, context('private-keys', person))),
    identity_public: toBase64url(identity.publicKey),
    box_public: toBase64url(box.publicKey),
    box_key_id: toBase64url(box.id),
    box_signature: toBase64url(await identity.sign(statement)),
  }
  return { account, keys, recoveryCode: recovery.recoveryCode }
}

/** A new recovery code, and its keys for the server. */
export async function newRecovery(
  account: Account,
): Promise<{ keys: RecoveryKeys; recoveryCode: string }> {
  const code = newRecoveryCode()
  const derived = await deriveFromCode(code)
  const keys = {
    recovery_sign_in_key: derived.signInKey,
    wrapped_by_recovery: await wrapKey(account, derived, 'recovery'),
  }
  return { keys, recoveryCode: showRecoveryCode(code) }
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
