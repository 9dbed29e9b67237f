interface Props {
  busy: boolean
  words: string
  busyWords: string
  problem?: string | undefined
  /** What is pressed cannot be undone. */
  danger?: boolean
}

/** A form's last lines: what went wrong, and the button. It stays focusable while at work. */
export function Submit({ busy, words, busyWords, problem, danger }: Props) {
  return (
    <>
      <div role="alert">{problem && <p class="notice danger">{problem}</p>}</div>
      <button
        type="submit"
        class={`button big wide${danger ? ' danger' : ''}`}
        aria-disabled={busy}
      >
        {busy && <span class="spinner small" aria-hidden="true" />}
        {busy ? busyWords : words}
      </button>
    </>
  )
}
