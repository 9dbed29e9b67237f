/** A number in a badge. Screen readers read `words` instead, which say what it counts. */
export function Count({ count, words }: { count: number; words: string }) {
  return (
    <span class="desk-count">
      <span aria-hidden="true">{count}</span>
      <span class="visually-hidden">{words}</span>
    </span>
  )
}
