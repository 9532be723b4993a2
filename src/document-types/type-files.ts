import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, extname, isAbsolute, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ParallaxError } from '../core/errors.ts'
import { importsOf, installed, packagesIn } from '../identity/package-versions.ts'

/** More files than any document type is made of. */
const mostFiles = 200

/** What Parallax gives to type files itself. */
const provided = ['parallax', 'zod']

/** What a type file imports without naming it in quotes, so that nobody can know of which files the type is made. */
const computed = /\b(?:import|require)\s*\(\s*(?!['"]|\/[/*])/

/** Where a module may lie that is imported by this path: TypeScript is imported by the name of the JavaScript that it becomes, too. */
function placesOf(path: string): readonly string[] {
  const endings = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json']
  const twin = /\.[cm]?js$/.test(path) ? [path.replace(/js$/, 'ts')] : []
  return [
    path,
    ...twin,
    ...endings.map((ending) => path + ending),
    ...endings.map((e) => join(path, `index${e}`)),
  ]
}

interface TypeFile {
  readonly path: string
  readonly content: string
}

/** The first of the places that can be read; null for none, which the loader will name. */
async function firstOf(places: readonly string[]): Promise<TypeFile | null> {
  for (const path of places) {
    const content = await readFile(path, 'utf8').catch(() => null)
    if (content !== null) return { path, content }
  }
  return null
}

/** The path that an import names; null for a package. */
function pathOf(specifier: string, importer: string): string | null {
  if (specifier.startsWith('file:')) return URL.canParse(specifier) ? fileURLToPath(specifier) : null
  const isLocal = /^\.{1,2}(\/|$)/.test(specifier) || isAbsolute(specifier)
  return isLocal ? resolve(dirname(importer), specifier) : null
}

function refuse(file: string, why: string): never {
  throw new ParallaxError('E_TYPE_INVALID', `The type file ${file} cannot be used: ${why}.`)
}

/** The file and all that it imports by a path, directly or through others, each once. */
async function filesOf(entry: TypeFile): Promise<readonly TypeFile[]> {
  const found = new Map([[entry.path, entry]])
  for (const { path, content } of found.values()) {
    if (extname(path) === '.json') continue
    if (computed.test(content))
      refuse(path, 'what it imports must stand in quotes, so that a change of it can be noticed')
    for (const local of importsOf(content).flatMap((name) => pathOf(name, path) ?? [])) {
      const file = await firstOf(placesOf(local))
      if (file !== null) found.set(file.path, found.get(file.path) ?? file)
      if (found.size > mostFiles) refuse(entry.path, `it imports more than ${mostFiles} files`)
    }
  }
  return [...found.values()]
}

/**
 * The SHA-256 of a type file, of every file that it imports by a path, and of the versions of the packages that any of
 * them imports: whatever else the type is made of, it changes with them. A file that imports nothing has the hash of its
 * content. E_TYPE_INVALID for imports that are computed.
 */
export async function hashOfType(path: string, content: string): Promise<string> {
  const files = await filesOf({ path, content })
  const packages = packagesIn(files.map((file) => file.content)).filter((name) => !provided.includes(name))
  const hash = createHash('sha256').update(content)
  const others = files.slice(1).map((file) => [relative(dirname(path), file.path), file.content] as const)
  for (const [name, text] of others.sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(JSON.stringify([name, text]))
  for (const version of installed(packages, path)) hash.update(version)
  return hash.digest('hex')
}
