import { readFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { join } from 'node:path'

/** What a module imports, requires or resolves by a name in quotes. */
const imported = /\b(?:from|import|require(?:\.resolve)?)\s*\(?\s*(['"])([^'"\n]+)\1/g

/** The names by which a module imports others, as they stand there. */
export const importsOf = (source: string): readonly string[] =>
  Array.from(source.matchAll(imported), ([, , name]) => name!)

/** Of `@scope/name/file`, the package; null for files and for what Node.js brings. */
const packageOf = (specifier: string): string | null =>
  isBuiltin(specifier) ? null : (/^(@[\w.-]+\/)?[a-z0-9][\w.-]*(?=\/|$)/i.exec(specifier)?.[0] ?? null)

/** The packages that modules import, sorted, each once. */
export function packagesIn(sources: Iterable<string>): readonly string[] {
  const names = [...sources].flatMap(importsOf).map(packageOf)
  return [...new Set(names.filter((name) => name !== null))].sort()
}

function versionIn(folder: string): string | null {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      version?: unknown
    }
    return typeof version === 'string' ? version : null
  } catch {
    return null
  }
}

/** Each package as `name@version`, as a module (a path or a file URL) would find it; `name@none` where it would not. */
export function installed(packages: readonly string[], module: string): readonly string[] {
  const { resolve } = createRequire(module)
  return packages.map((name) => {
    const versions = (resolve.paths(name) ?? []).map((folder) => versionIn(join(folder, name)))
    return `${name}@${versions.find((version) => version !== null) ?? 'none'}`
  })
}
