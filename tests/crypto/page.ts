// What the tests' page offers to them: the crypto room, and the world it makes and checks.
import * as lotse from '../../browser/crypto'
import { pin } from '../../browser/crypto/pins'
import { checkWorld, makeWorld } from './world'

Object.assign(globalThis, { lotse, pin, checkWorld, makeWorld, kept: {} })
