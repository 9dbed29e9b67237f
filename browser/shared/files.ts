const asked = new Map<string, Promise<void>>()

/**
 * `addresses`, parted by spaces, of style sheets and modules. The modules begin to load side by
 * side, instead of one after the other as they import each other. Resolves when the styles are in
 * force: an island drawn before would jump.
 */
export async function needFiles(addresses = ''): Promise<void> {
  await Promise.all(addresses.split(' ').map(need))
}

function need(address: string): Promise<void> {
  const known = asked.get(address)
  if (known) return known
  const coming = load(address)
  asked.set(address, coming)
  coming.catch(() => asked.delete(address))
  return coming
}

function load(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = address.endsWith('.css') ? 'stylesheet' : 'modulepreload'
    link.href = address
    link.onload = () => resolve()
    link.onerror = () => {
      link.remove()
      reject(new TypeError('a file did not come'))
    }
    // The module is waited for by who imports it.
    if (link.rel === 'modulepreload') resolve()
    document.head.append(link)
  })
}
