// Keeps in one file what the first screen needs. esbuild splits by who needs what: a helper that
// main and the chat share would be a file of its own, and each file costs a round trip on slow 3G.
// So every part that loads later is made to need all that main has loaded before it anyway.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const FIRST = join(here, 'sign-in', 'start.tsx')
const ENDINGS = ['.ts', '.tsx', '/index.ts', '/index.tsx']

export const together = {
  name: 'together',
  setup(build) {
    // Known before the build starts: found on the way, it would depend on what is read first.
    const later = laterParts()
    build.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      if (!later.has(path)) return undefined
      const source = readFileSync(path, 'utf8')
      const loader = path.endsWith('x') ? 'tsx' : 'ts'
      return { contents: `${source}\nimport ${JSON.stringify(FIRST)}`, loader }
    })
  },
}

function laterParts() {
  const sources = readdirSync(here, { recursive: true })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(here, name))
  const found = sources.flatMap((source) =>
    [...readFileSync(source, 'utf8').matchAll(/\bimport\(\s*'(\.[^']+)'\s*\)/g)].map(([, path]) =>
      ENDINGS.map((ending) => join(dirname(source), path) + ending).find(existsSync),
    ),
  )
  return new Set(found)
}
