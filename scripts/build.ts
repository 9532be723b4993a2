/** Builds dist/ anew: JavaScript and types from the sources, beside them whatever else they read. */
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync, statSync } from 'node:fs'
import { extname } from 'node:path'

const isAsset = (path: string): boolean => statSync(path).isDirectory() || extname(path) !== '.ts'

// A file that was left from an earlier build would be found as an adapter or a document type.
rmSync('dist', { recursive: true, force: true })
process.exitCode = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' }).status ?? 1
for (const folder of ['src', 'workers', 'schemas'])
  cpSync(folder, `dist/${folder}`, { recursive: true, filter: isAsset })
