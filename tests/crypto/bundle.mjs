// Builds the crypto room for the test page: `node bundle.mjs FOLDER`.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const [outdir] = process.argv.slice(2)
const common = { bundle: true, minify: true, outdir, target: ['chrome109'] }
await build({
  ...common,
  format: 'esm',
  splitting: true,
  entryPoints: [join(here, 'page.ts')],
})
await build({
  ...common,
  format: 'iife',
  entryPoints: [join(here, '..', '..', 'browser', 'crypto', 'argon2.ts')],
})
