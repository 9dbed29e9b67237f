const SHOWN = 4_000

let region: HTMLElement | undefined

/** Shows a short message at the edge of the screen for a moment. Screen readers read it. */
export function toast(message: string): void {
  region ??= makeRegion()
  const line = document.createElement('p')
  line.className = 'toast'
  line.textContent = message
  region.replaceChildren(line)
  setTimeout(() => line.remove(), SHOWN)
}

function makeRegion(): HTMLElement {
  const made = document.createElement('div')
  made.className = 'toasts'
  made.role = 'status'
  document.body.append(made)
  return made
}
