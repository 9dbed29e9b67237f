import { FILE_BYTES } from '../shared/limits'

const OFFICE = 'application/vnd.openxmlformats-officedocument.'
const OPEN = 'application/vnd.oasis.opendocument.'

/** Documents by file extension: the type that browsers report differs between phones. */
const DOCUMENTS: Record<string, string> = {
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: `${OFFICE}wordprocessingml.document`,
  xls: 'application/vnd.ms-excel',
  xlsx: `${OFFICE}spreadsheetml.sheet`,
  ppt: 'application/vnd.ms-powerpoint',
  pptx: `${OFFICE}presentationml.presentation`,
  odt: `${OPEN}text`,
  ods: `${OPEN}spreadsheet`,
  odp: `${OPEN}presentation`,
  rtf: 'application/rtf',
  txt: 'text/plain',
  csv: 'text/csv',
}

/** Largest picture in bytes, before it is scaled down. */
const LARGEST_PICTURE = 4 * FILE_BYTES

export type Refusal = 'kind' | 'large' | 'empty'

/** The type that the file is sent as, or why it is refused. Pictures are sent as JPEG. */
export function kindOf(file: File): { type: string } | { refused: Refusal } {
  if (file.size === 0) return { refused: 'empty' }
  const end = /\.([^.]+)$/.exec(file.name.toLowerCase())?.[1] ?? ''
  const isPicture = file.type.startsWith('image/') && file.type !== 'image/svg+xml'
  const type = isPicture ? 'image/jpeg' : DOCUMENTS[end]
  if (!type) return { refused: 'kind' }
  return file.size > (isPicture ? LARGEST_PICTURE : FILE_BYTES) ? { refused: 'large' } : { type }
}
