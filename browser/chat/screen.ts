/** Keeps the page as high as its visible part, also while a phone shows its keyboard. */
export function fillScreen() {
  document.body.classList.add('chat-body')
  const { visualViewport: seen } = window
  const fit = () => {
    // Zooming in also makes the visible part smaller, but the page must keep its height.
    if (!seen || seen.scale > 1.01) return
    document.body.style.setProperty('--screen', `${seen.height}px`)
    scrollTo(0, 0)
  }
  seen?.addEventListener('resize', fit)
  fit()
}
