import type { ComponentChildren } from 'preact'
import type { CardContent } from '../crypto'
import { t } from '../shared/words'
import type { Marks } from './bubble'
import { Text } from './text'

interface SaidProps {
  text: string
  marks: Marks | undefined
  /** Time and state. */
  children: ComponentChildren
}

export function Said({ text, marks, children }: SaidProps) {
  return (
    <p class="said" dir="auto">
      <Text text={text} marks={marks} />
      {children}
    </p>
  )
}

/** A card that links to one of our own pages. */
export function CardView({
  content,
  children,
  marks,
}: Omit<SaidProps, 'text'> & {
  content: CardContent
}) {
  const { title, text, link } = content
  return (
    <>
      <b class="card-title" dir="auto">
        {title}
      </b>
      <Said text={text} marks={marks}>
        {children}
      </Said>
      <a class="button quiet card-link" href={ownAddress(link)} target="_blank" rel="noopener">
        {t('chat.card-open')}
      </a>
    </>
  )
}

/** Keeps links on our origin: browsers may read a path such as "//host" as another origin. */
function ownAddress(link: string): string {
  const { origin, href } = new URL(link, location.origin)
  return origin === location.origin ? href : location.origin
}
