// Keeps together what loads together. esbuild splits by who needs what: a helper that two parts
// share would be a file of its own, and each file costs a round trip and its headers on slow 3G.
// So every part that loads later is made to need all that has loaded before it anyway.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const ENDINGS = ['.ts', '.tsx', '/index.ts', '/index.tsx']

/** What is there when a part comes, by the folder that the part is in. */
const DOOR = ['sign-in/start.tsx']
const OPENED = [...DOOR, 'crypto/account.ts', 'shared/ids.ts', 'shared/dialog.tsx']
const TALKING = [...OPENED, 'chat/session.ts', 'chat/conversation.tsx', 'chat/sign-out.tsx']
const BEFORE = { shared: DOOR, chat: TALKING, stream: TALKING }
/** The whole chat is not there before itself. */
const CHAT = 'chat/index.tsx'

export const together = {
  name: 'together',
  setup(build) {
    // Known before the build starts: found on the way, it would depend on what is read first.
    const later = laterParts()
    build.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      if (!later.has(path)) return undefined
      const needed = before(relative(here, path)).map((file) => `import '${join(here, file)}'`)
      const loader = path.endsWith('x') ? 'tsx' : 'ts'
      return { contents: [readFileSync(path, 'utf8'), ...needed].join('\n'), loader }
    })
  },
}

function before(part) {
  const loaded = part === CHAT ? OPENED : (BEFORE[part.split('/')[0]] ?? OPENED)
  return loaded.filter((file) => file !== part)
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
