// Bundles the browser files into lotse/assets, named by content: two builds give the same bytes.
// manifest.json lists each file with its SHA-256, so that anyone can compare (docs/keys.md).
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { together } from './together.mjs'
import { wordEntries, words } from './words.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const out = join(here, '..', 'lotse', 'assets')
rmSync(out, { recursive: true, force: true })

const common = {
  absWorkingDir: join(here, '..'),
  bundle: true,
  minify: true,
  target: ['chrome109', 'firefox115', 'safari16.4'],
  outdir: out,
  entryNames: '[name]-[hash]',
  chunkNames: 'part-[hash]',
  assetNames: '[name]-[hash]',
  metafile: true,
  loader: { '.txt': 'text' },
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
}

const results = await Promise.all([
  build({
    ...common,
    format: 'esm',
    splitting: true,
    plugins: [words, together],
    entryPoints: [{ in: join(here, 'main.ts'), out: 'main' }, ...wordEntries],
  }),
  build({ ...common, format: 'iife', entryPoints: [join(here, 'crypto', 'argon2.ts')] }),
  build({
    ...common,
    entryPoints: ['site', 'app', 'chat', 'desk'].map((name) => join(here, 'css', `${name}.css`)),
  }),
  // Pictures stay files: the page's policy allows no data: addresses.
  build({
    ...common,
    loader: { '.svg': 'copy' },
    entryPoints: ['icons', 'mark'].map((name) => join(here, 'images', `${name}.svg`)),
  }),
])

const manifest = {}
for (const { outputs } of results.map((result) => result.metafile)) {
  for (const [path, output] of Object.entries(outputs)) {
    const file = basename(path)
    const bytes = readFileSync(join(out, file))
    manifest[nameOf(file, output)] = {
      file,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      imports: output.imports
        .filter((i) => i.kind === 'import-statement')
        .map((i) => basename(i.path)),
    }
    writeFileSync(join(out, `${file}.gz`), gzipSync(bytes, { level: 9 }))
    writeFileSync(join(out, `${file}.br`), brotliCompressSync(bytes))
  }
}

/** Parts that load later are called after their source, parts of those have no name of their own. */
function nameOf(file, { entryPoint }) {
  if (!file.startsWith('part-')) return file.replace(/-[A-Z0-9]{8}(\.\w+)$/, '$1')
  return entryPoint?.startsWith('browser/') ? entryPoint.slice('browser/'.length) : file
}

const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(sorted, null, 1)}\n`)
