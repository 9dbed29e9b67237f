// Splits each browser/words/<language>.json by the first part of its keys. So signing in does not
// load the desk's words. `words:all` is the table of loaders that browser/shared/words.ts imports.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const folder = join(here, 'words')
const PARTS = {
  ask: ['ask'],
  account: ['account', 'code', 'choose', 'change'],
  chat: ['chat'],
  danger: ['danger', 'help'],
  desk: ['desk'],
  join: ['join'],
  keys: ['keys'],
  recover: ['recover'],
}
const languages = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => basename(name, '.json'))

export const wordEntries = languages.map((language) => ({
  in: `words:${language}/base`,
  out: `words-${language}`,
}))

export const words = {
  name: 'words',
  setup(build) {
    build.onResolve({ filter: /^words:/ }, ({ path }) => ({ path, namespace: 'words' }))
    build.onLoad({ filter: /./, namespace: 'words' }, ({ path }) => ({
      contents: path === 'words:all' ? table() : `export default ${JSON.stringify(part(path))}`,
      resolveDir: here,
      // In watch mode, esbuild must notice a change of these files.
      watchFiles: languages.map((language) => join(folder, `${language}.json`)),
    }))
  },
}

function table() {
  const rows = languages.map((language) => {
    const loaders = ['base', ...Object.keys(PARTS)].map(
      (name) => `${name}: later(() => import('words:${language}/${name}'))`,
    )
    return `${language}: {${loaders.join()}}`
  })
  return `import { later } from './shared/later'\nexport default {${rows.join()}}`
}

function part(path) {
  const [language, name] = path.slice('words:'.length).split('/')
  const all = Object.entries(JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')))
  const of = (key) =>
    Object.keys(PARTS).find((each) => PARTS[each].includes(key.split('.')[0])) ?? 'base'
  return Object.fromEntries(all.filter(([key]) => of(key) === name))
}
