// Makes fewer and larger files. esbuild puts code that two parts share into a separate file, and on
// slow 3G each file costs a round trip and its headers. This plugin makes every part that loads
// later import all files that are loaded before it anyway. Then esbuild makes no file for them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const ENDINGS = ['.ts', '.tsx', '/index.ts', '/index.tsx']

/** The files that are loaded before a part, by the folder of the part. */
const DOOR = ['sign-in/start.tsx']
const OPENED = [...DOOR, 'crypto/account.ts', 'shared/ids.ts', 'shared/dialog.tsx']
const TALKING = [...OPENED, 'chat/session.ts', 'chat/conversation.tsx', 'chat/sign-out.tsx']
const BEFORE = { shared: DOOR, chat: TALKING, stream: TALKING }
/** The chat's entry is the exception in its folder: the chat is not loaded before it. */
const CHAT = 'chat/index.tsx'

export const together = {
  name: 'together',
  setup(build) {
    // Find the parts before the build starts. Otherwise the result depends on the reading order.
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
