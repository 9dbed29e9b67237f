/** A part of its own, loaded only by browsers without these curves. */
export { ed25519, x25519 } from '@noble/curves/ed25519.js'
