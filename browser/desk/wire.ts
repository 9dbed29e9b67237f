// The server's answers to the desk (lotse/desk/api.py, lotse/centres/api.py).

export interface Choices {
  languages: { code: string; name: string }[]
  topics: { slug: string; name: string }[]
}

/** Keys are ISO weekdays, values are spans of local time: {"1": [["09:00", "12:30"]]}. */
export type Hours = Record<string, [string, string][]>

export interface Profile {
  name: string
  languages: string[]
  topics: string[]
  gender: string
  about: string
  hours: Hours
  capacity: number
  takes_new: boolean
}

export interface OwnProfile extends Profile {
  slug: string
  link: string
  qr: string
}

export interface Absence {
  id: string
  first_day: string
  last_day: string
}

export interface Invitation {
  id: string
  role: string
  centre: { id: string; name: string } | null
  note: string
  expires_at: string
  used_at: string | null
  /** The maker may no longer invite here, so the link opens nothing. */
  has_ended: boolean
}
