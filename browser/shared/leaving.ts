/** Ways out of a page that holds keys or words nobody else may see. */
import { api } from './api'
import { holdSecret } from './unlocked'

/** Where `sign-in/device.ts` keeps what opens the account again without the password. */
export const DEVICE_KEYS = 'lotse-device'

/** Where `crypto/pins.ts` keeps what this browser has seen first. */
export const PINS = 'lotse-pins'

/** Where `stream/storage.ts` keeps one person's drafts and what is on its way. */
export const databaseOf = (person: string): string => `lotse-${person}`

export function forgetDevice(): void {
  indexedDB.deleteDatabase(DEVICE_KEYS)
}

/** Asks before the page is left with something unsaved; returns what ends the asking. */
export function guard(): () => void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault()
  const stop = () => removeEventListener('beforeunload', ask)
  addEventListener('beforeunload', ask)
  // Who must leave at once is not asked.
  document.addEventListener('lotse:leave', stop, { once: true })
  return stop
}

/** Ends the session and forgets the keys, in the page's memory and on the device. */
export async function signOut(): Promise<void> {
  endHere()
  tell({ address: '/' })
  await api('POST', '/api/sign-out').catch(() => undefined)
  location.replace('/')
}

/** A harmless page takes this one's place, also in the history. */
export function leaveAtOnce(address: string): void {
  endHere()
  tell({ address })
  // The page need not wait for it: the browser delivers it after the page has gone.
  navigator.sendBeacon('/api/sign-out')
  location.replace(address)
}

/** The session goes on, but not in this page's memory: the same place asks for the password. */
export function lockHere(): void {
  document.dispatchEvent(new Event('lotse:leave'))
  clear()
  location.reload()
}

/** Every database of this person here. What is pinned goes too: it says which centre was asked. */
const ownDatabases = (person: string) => [DEVICE_KEYS, PINS, databaseOf(person)]

/** A tab that the phone has frozen may hold one open; then it goes when that tab does. */
const DELETING_TIMEOUT = 3000

/** The account was deleted: nothing of it stays on this device, in any tab. */
export async function leaveErased(person: string): Promise<void> {
  const address = `/erased/?language=${document.documentElement.lang}`
  endHere()
  tell({ address })
  const deleted = Promise.all(ownDatabases(person).map(deleteDatabase))
  await Promise.race([deleted, new Promise((done) => setTimeout(done, DELETING_TIMEOUT))])
  location.replace(address)
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name)
    asked.onsuccess = asked.onerror = () => done()
  })
}

interface Parting {
  address: string
  /** Whose pages may stay: the session is theirs now. */
  stays?: string
}

const TABS = 'lotse-leave'

function tell(parting: Parting): void {
  const tabs = new BroadcastChannel(TABS)
  tabs.postMessage(parting)
  tabs.close()
}

/** A page of `person` leaves with every other one, as soon as the session is somebody else's. */
export function leaveWithOthers(person: string): void {
  tell({ address: '/sign-in/', stays: person })
  const tabs = new BroadcastChannel(TABS)
  // Who leaves here is not called away from it in the middle.
  document.addEventListener('lotse:leave', () => tabs.close(), { once: true })
  tabs.onmessage = ({ data }: MessageEvent<Parting>) => {
    if (data.stays === person) return
    endHere()
    location.replace(data.address)
  }
}

function endHere(): void {
  document.dispatchEvent(new Event('lotse:leave'))
  forgetDevice()
  clear()
}

function clear(): void {
  holdSecret('')
  document.title = '…'
  document.body.replaceChildren()
}
