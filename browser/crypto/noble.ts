/** A separate part of the program, which only browsers without these curves load. */
export { ed25519, x25519 } from '@noble/curves/ed25519.js'
