import { later } from './later'

const styles = new Map<string, () => Promise<void>>()

/**
 * Loads style sheets; `addresses` are separated by spaces. Resolves when they apply: an island that
 * was drawn earlier would jump.
 */
export async function needFiles(addresses = ''): Promise<void> {
  await Promise.all(addresses.split(' ').map(need))
}

function need(address: string): Promise<void> {
  const known = styles.get(address) ?? later(() => load(address))
  styles.set(address, known)
  return known()
}

function load(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = address
    link.onload = () => resolve()
    link.onerror = () => {
      link.remove()
      reject(new TypeError('a file could not be loaded'))
    }
    document.head.append(link)
  })
}
