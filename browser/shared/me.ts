/** Who is signed in, as GET /api/me says it. */

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
