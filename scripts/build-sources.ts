/** Builds JavaScript and types from the sources into dist/, and puts beside them whatever else the sources read. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { marksFile } from '../src/identity/own-revision.ts'
import { markSources } from '../src/identity/sources.ts'

export const folders = ['src', 'workers', 'schemas'] as const
export const page = 'src/web'
const isAsset = (path: string): boolean =>
  path !== page && (statSync(path).isDirectory() || extname(path) !== '.ts')

/** The exit status of the compiler. What was left from an earlier build would be found as an adapter or a document type: it goes. */
export function buildSources(): number {
  for (const folder of folders) rmSync(`dist/${folder}`, { recursive: true, force: true })
  const tsc = fileURLToPath(new URL('../node_modules/.bin/tsc', import.meta.url))
  const status = spawnSync(tsc, ['-p', 'tsconfig.build.json'], { stdio: 'inherit' }).status ?? 1
  for (const folder of folders) cpSync(folder, `dist/${folder}`, { recursive: true, filter: isAsset })
  mkdirSync('dist', { recursive: true })
  writeFileSync(`dist/${marksFile}`, JSON.stringify(markSources(new URL('../', import.meta.url))))
  return status
}
