/** The page is as high as what can be seen of it, also above a phone's keyboard. */
export function fillScreen() {
  document.body.classList.add('chat-body')
  const { visualViewport: seen } = window
  const fit = () => {
    // Zoomed in, less is seen, but nothing has become smaller.
    if (!seen || seen.scale > 1.01) return
    document.body.style.setProperty('--screen', `${seen.height}px`)
    scrollTo(0, 0)
  }
  seen?.addEventListener('resize', fit)
  fit()
}
