/** Builds JavaScript and types from the sources into dist/, and puts beside them whatever else the sources read. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { marksFile } from '../src/identity/own-revision.ts'
import { markSources } from '../src/identity/sources.ts'

export const folders = ['src', 'workers', 'schemas'] as const
const page = 'src/web'
const isAsset = (path: string): boolean =>
  path !== page && (statSync(path).isDirectory() || extname(path) !== '.ts')

/** The file that something in dist/ was made from. */
const sourceOf = (built: string): string =>
  built.slice('dist/'.length).replace(/(\.d)?\.[jt]s(\.map)?$/, '.ts')

/** What was left of sources that are gone would be found as an adapter or a document type. */
function removeStale(): void {
  for (const folder of folders.filter((name) => existsSync(`dist/${name}`)))
    for (const entry of readdirSync(`dist/${folder}`, { recursive: true, withFileTypes: true })) {
      const built = join(entry.parentPath, entry.name)
      if (entry.isFile() && !existsSync(sourceOf(built))) rmSync(built)
    }
}

/** Builds what has changed; the exit status of the compiler. */
export function buildSources(): number {
  const tsc = fileURLToPath(new URL('../node_modules/.bin/tsc', import.meta.url))
  const incremental = ['--incremental', '--tsBuildInfoFile', 'dist/tsc.tsbuildinfo']
  const status =
    spawnSync(tsc, ['-p', 'tsconfig.build.json', ...incremental], { stdio: 'inherit' }).status ?? 1
  removeStale()
  for (const folder of folders) cpSync(folder, `dist/${folder}`, { recursive: true, filter: isAsset })
  mkdirSync('dist', { recursive: true })
  writeFileSync(`dist/${marksFile}`, JSON.stringify(markSources(new URL('../', import.meta.url))))
  return status
}
