import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const path = (name) => fileURLToPath(new URL(name, root))

/** When a file was last changed, in milliseconds; 0 where there is none. */
const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

function newestIn(folder) {
  const files = readdirSync(path(folder), { recursive: true, withFileTypes: true })
  return Math.max(...files.filter((f) => f.isFile()).map((f) => changedAt(`${f.parentPath}/${f.name}`)))
}

const isBuilt = () =>
  changedAt(path('dist/web/index.html')) > Math.max(newestIn('src/web'), newestIn('src/contract'))

/** Builds the review page of a checkout unless that was done since its sources changed; false when it cannot be built. */
export function buildPage() {
  if (isBuilt()) return true
  const vite = path('node_modules/.bin/vite')
  const env = { ...process.env, NODE_ENV: 'production' }
  const args = ['build', 'src/web', '--logLevel', 'error']
  return spawnSync(vite, args, { cwd: fileURLToPath(root), env, stdio: ['ignore', 2, 2] }).status === 0
}
