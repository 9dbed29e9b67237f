// Bundles the browser files into lotse/assets, named by content. Builds are reproducible, and
// manifest.json lists each file's SHA-256, so that anyone can compare (docs/keys.md).
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
  // Pictures stay files, because the content security policy allows no data: addresses.
  build({
    ...common,
    loader: { '.svg': 'copy' },
    entryPoints: ['icons', 'mark'].map((name) => join(here, 'images', `${name}.svg`)),
  }),
])

nameFiles(results[0].metafile.outputs)

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

/**
 * Gives each `later(() => import(...))` the files that the part needs and that are not loaded by
 * then (browser/shared/later.ts). Throws if an `import()` is not inside `later`.
 */
function nameFiles(outputs) {
  for (const [path, { imports }] of Object.entries(outputs)) {
    const parts = new Set(imports.filter((i) => i.kind === 'dynamic-import').map((i) => i.path))
    if (!parts.size) continue
    const there = closure(outputs, path)
    const named = new Set()
    const file = join(out, basename(path))
    const text = readFileSync(file, 'utf8').replace(
      /\(\)=>import\("\.\/([\w-]+\.js)"\)(?=\))/g,
      (load, name) => {
        const part = join(dirname(path), name)
        named.add(part)
        const missing = [...closure(outputs, part)].filter((one) => !there.has(one))
        return `${load},${JSON.stringify(missing.map((one) => `./${basename(one)}`))}`
      },
    )
    if (named.size < parts.size) throw new Error(`${path}: an import() without later()`)
    writeFileSync(file, text)
  }
}

/** A file and all its direct and indirect imports. */
function closure(outputs, path, found = new Set()) {
  if (found.has(path)) return found
  found.add(path)
  for (const { kind, path: next } of outputs[path].imports) {
    if (kind === 'import-statement') closure(outputs, next, found)
  }
  return found
}

/** A part that loads later is named after its source file. Shared chunks keep esbuild's name. */
function nameOf(file, { entryPoint }) {
  if (!file.startsWith('part-')) return file.replace(/-[A-Z0-9]{8}(\.\w+)$/, '$1')
  return entryPoint?.startsWith('browser/') ? entryPoint.slice('browser/'.length) : file
}

const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(sorted, null, 1)}\n`)
