/** Builds dist/ anew: JavaScript and types from the sources, beside them whatever else they read, and the review page. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { extname } from 'node:path'
import { marksFile } from '../src/identity/own-revision.ts'
import { markSources } from '../src/identity/sources.ts'

const page = 'src/web'
const isAsset = (path: string): boolean =>
  path !== page && (statSync(path).isDirectory() || extname(path) !== '.ts')
const run = (program: string, ...args: readonly string[]): number =>
  spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, NODE_ENV: 'production' } }).status ?? 1

// A file that was left from an earlier build would be found as an adapter or a document type.
rmSync('dist', { recursive: true, force: true })
process.exitCode = run('tsc', '-p', 'tsconfig.build.json') || run('vite', 'build', page)
for (const folder of ['src', 'workers', 'schemas'])
  cpSync(folder, `dist/${folder}`, { recursive: true, filter: isAsset })
mkdirSync('dist', { recursive: true })
writeFileSync(`dist/${marksFile}`, JSON.stringify(markSources(new URL('../', import.meta.url))))
