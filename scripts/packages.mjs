import { readFileSync } from 'node:fs'

// Runs before any package is there: plain JavaScript, Node's own modules only.

const root = new URL('../', import.meta.url)

/** The packages of a lock file by their path, or null where there is no such file. */
function readLock(name) {
  try {
    return JSON.parse(readFileSync(new URL(name, root), 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

/** 'missing', 'stale' or 'current': how node_modules stands to package-lock.json. npm writes its own copy last. */
export function packagesState() {
  const installed = readLock('node_modules/.package-lock.json')
  if (installed === null) return 'missing'
  const wanted = Object.entries(readLock('package-lock.json')).filter(([path]) => path !== '')
  const isCurrent = ([path, { version, optional }]) =>
    installed[path] ? installed[path].version === version : optional === true
  return wanted.every(isCurrent) ? 'current' : 'stale'
}
