/** Ways to leave a page that holds keys or private text. */
import { api } from './api'
import { holdSecret } from './unlocked'

/** Database of `sign-in/device.ts`: what opens the account without the password. */
export const DEVICE_KEYS = 'lotse-device'

/** Database of `crypto/pins.ts`: the values that this browser saw first. */
export const PINS = 'lotse-pins'

/** Database of `stream/storage.ts`: one person's drafts and unsent messages. */
export const databaseOf = (person: string): string => `lotse-${person}`

export function forgetDevice(): void {
  indexedDB.deleteDatabase(DEVICE_KEYS)
}

/** Asks before the person leaves with unsaved text. Returns a function that ends this. */
export function guard(): () => void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault()
  const stop = () => removeEventListener('beforeunload', ask)
  addEventListener('beforeunload', ask)
  // A question must not delay the quick exit or a sign-out.
  document.addEventListener('lotse:leave', stop, { once: true })
  return stop
}

/** Ends the session and removes the keys from the page's memory and the device. */
export async function signOut(): Promise<void> {
  endHere()
  tell({})
  await api('POST', '/api/sign-out').catch(() => undefined)
  location.replace('/')
}

/** Replaces this page by a harmless one, also in the history, and ends the session. */
export function leaveAtOnce(address: string): void {
  endHere()
  tell({ address })
  // The browser sends a beacon even after the page has ended, so we need not wait.
  navigator.sendBeacon('/api/sign-out')
  location.replace(address)
}

/** Removes the keys from memory, but keeps the session. The reload asks for the password. */
export function lockHere(): void {
  document.dispatchEvent(new Event('lotse:leave'))
  clear()
  location.reload()
}

/** This person's databases here, with the pins: they reveal which centre the person asked. */
const ownDatabases = (person: string) => [DEVICE_KEYS, PINS, databaseOf(person)]

/** A frozen tab may keep a database open. The browser then deletes it when that tab ends. */
const DELETING_TIMEOUT = 3000

/** Removes all data of a deleted account from this device, and leaves its pages in all tabs. */
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
  /** If absent, each page goes to the page where its person signs in. */
  address?: string
  /** The person who owns the session now. Their pages may stay open. */
  stays?: string
}

const TABS = 'lotse-leave'

function tell(parting: Parting): void {
  const tabs = new BroadcastChannel(TABS)
  tabs.postMessage(parting)
  tabs.close()
}

/**
 * Closes other people's pages now, and this page when another tab ends or replaces the session.
 * `door` is the address at which `person` signs in.
 */
export function leaveWithOthers(person: string, door: string): void {
  tell({ stays: person })
  const tabs = new BroadcastChannel(TABS)
  // A tab that is already leaving must not react to other tabs.
  document.addEventListener('lotse:leave', () => tabs.close(), { once: true })
  tabs.onmessage = ({ data }: MessageEvent<Parting>) => {
    if (data.stays === person) return
    endHere()
    location.replace(data.address ?? door)
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
