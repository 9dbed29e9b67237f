interface Props {
  busy: boolean
  words: string
  busyWords: string
  problem?: string | undefined
  /** Whether the button does something that cannot be undone. */
  danger?: boolean
}

/** The end of a form: what went wrong, and the button, which stays focusable while it works. */
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
