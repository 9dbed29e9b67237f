/** A question's addressee, language, topic and place, as the page's address names them. */
import type { ManifestWire } from '../crypto/types'
import { ApiProblem, api } from '../shared/api'
import { language } from '../shared/words'

export interface Asked {
  centre: { id: string; name: string }
  counsellor: { id: string; name: string } | null
  /** The question's language, if the address names one. */
  language: string | undefined
  languages: string[]
  topic: string | null
  place: string
  answerBy: string | null
  absentUntil: string | null
  /** False if the centre has no keys yet: nobody there could open a question. */
  hasKeys: boolean
}

interface CounsellorCard {
  id: string
  name: string
  centre: { id: string; name: string }
  languages: string[]
  answer_by: string | null
  absent_until: string | null
}
type CentreCard = Pick<CounsellorCard, 'id' | 'name' | 'languages' | 'answer_by'>

export interface CentrePublic {
  manifests: ManifestWire[]
}

export async function find(query: URLSearchParams): Promise<Asked> {
  const card = await cardOf(query)
  const given = query.get('language') ?? undefined
  return {
    centre: card.centre,
    counsellor: card.counsellor,
    language: given,
    languages: card.languages,
    topic: query.get('topic') || null,
    place: query.get('place') ?? '',
    answerBy: card.answer_by,
    absentUntil: card.absent_until,
    hasKeys: await hasKeys(card.centre.id),
  }
}

/** The language that the person most likely writes in. */
export function likely({ languages }: Asked): string {
  return languages.includes(language()) ? language() : (languages[0] ?? language())
}

async function cardOf(query: URLSearchParams) {
  const counsellor = query.get('counsellor')
  if (counsellor) {
    const path = `/api/counsellors/${encodeURIComponent(counsellor)}`
    const card = await api<CounsellorCard>('GET', path)
    return { ...card, counsellor: { id: card.id, name: card.name } }
  }
  const path = `/api/centres/${encodeURIComponent(query.get('centre') ?? '')}`
  const { id, name, ...card } = await api<CentreCard>('GET', path)
  return { ...card, centre: { id, name }, counsellor: null, absent_until: null }
}

async function hasKeys(centre: string): Promise<boolean> {
  try {
    await api<CentrePublic>('GET', `/api/centres/${centre}/keys`)
    return true
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return false
    throw error
  }
}
