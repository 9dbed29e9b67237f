/** Staff and clients have separate sign-in pages: guessing a staff password must cost more. */
import type { Strength } from '../crypto/types'

export type Door = Strength

export function door(): Door {
  const island = document.getElementById('app')?.dataset.island
  const isStaffs = island === 'desk' || island === 'join'
  return isStaffs || new URLSearchParams(location.search).has('staff') ? 'staff' : 'client'
}

export const SIGN_IN: Record<Door, string> = { client: '/sign-in/', staff: '/desk/' }
export const RECOVER: Record<Door, string> = { client: '/recover/', staff: '/recover/?staff' }

export function doorOf(role: string): Door {
  return role === 'client' ? 'client' : 'staff'
}
