/** Resolves when the style sheet is in force; an island drawn before it would jump. */
export function needStyles(address = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = address
    link.onload = () => resolve()
    link.onerror = () => {
      link.remove()
      reject(new TypeError('no styles'))
    }
    document.head.append(link)
  })
}
