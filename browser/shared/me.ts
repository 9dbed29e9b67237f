/** The signed-in person, as in GET /api/me. */
import { api } from './api'
import { holdSecret } from './unlocked'

export type Role = 'client' | 'counsellor' | 'coordinator' | 'administrator'

export interface Me {
  person: string
  nickname: string
  role: Role
  language: string
  keys: {
    salt: string
    memory_kib: number
    passes: number
    wrapped_by_password: string
    private_keys: string
    identity_public: string
    box_public: string
    box_key_id: string
    box_signature: string
  }
  counsellor: { id: string; name: string; centre: string; centre_name: string } | null
}

/** Signs in, registers or unlocks. From then on this page sends the returned unlock secret. */
export async function letIn(path: string, body: object): Promise<Me> {
  const { unlock, ...me } = await api<Me & { unlock: string }>('POST', path, body)
  holdSecret(unlock)
  return me
}
