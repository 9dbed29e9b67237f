// What the tests' page offers to them: the crypto room, and the world it makes and checks.
import * as lotse from '../../browser/crypto'
import { normalForm } from '../../browser/crypto/normal-form'
import { pin } from '../../browser/crypto/pins'
import { sealFile } from '../../browser/stream/upload'
import { checkWorld, makeWorld } from './world'

/** The name of the error, or what was opened in spite of all. */
async function refusal(attempt: () => unknown) {
  try {
    return await attempt()
  } catch (error) {
    return (error as Error).name
  }
}

/** The same with one bit of byte `at` turned. */
function turned(text: string, at: number) {
  const bytes = lotse.fromBase64url(text)
  bytes[at < 0 ? bytes.length + at : at] ^= 1
  return lotse.toBase64url(bytes)
}

Object.assign(globalThis, {
  lotse,
  normalForm,
  pin,
  checkWorld,
  makeWorld,
  refusal,
  sealFile,
  turned,
})
