import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { ParallaxError } from '../../core/errors.ts'

/** Files that stand beside scans and are none: truths, results, notes. */
const sidecars = new Set(['.part', '.json', '.jsonl', '.csv', '.md', '.yaml', '.yml', '.html', '.log'])

const natural = new Intl.Collator('en', { numeric: true })

const isDocument = (file: string): boolean =>
  !basename(file).startsWith('.') && !sidecars.has(extname(file).toLowerCase())

async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await glob('**/*', { cwd: folder, onlyFiles: true, expandDirectories: false })
  return found.filter(isDocument).sort(natural.compare)
}

async function expand(input: string, cwd: string): Promise<readonly string[]> {
  const path = resolve(cwd, input)
  const target = await stat(path).catch(() => null)
  if (target?.isDirectory()) return (await filesIn(path)).map((file) => join(input, file))
  if (target || !isDynamicPattern(input)) return [input]
  const found = await glob(input, {
    cwd,
    absolute: isAbsolute(input),
    onlyFiles: true,
    expandDirectories: false,
  })
  return found.filter(isDocument).sort(natural.compare)
}

/** Makes a function that names the folder a file really lies in, so that folders which are links are seen through. */
function realPaths(cwd: string): (file: string) => Promise<string> {
  const folders = new Map<string, Promise<string>>()
  return async (file) => {
    const path = resolve(cwd, file)
    const folder = dirname(path)
    const real = folders.get(folder) ?? realpath(folder).catch(() => folder)
    folders.set(folder, real)
    return join(await real, basename(path))
  }
}

/**
 * Files, folders (with all below them) and globs as a list of files, each once, in the order given. In folders and
 * globs, hidden files and files that hold data (.json, .csv …) are passed over; a file given by name never is, even when
 * it does not exist. E_BAD_REQUEST names folders and globs that hold no document.
 */
export async function expandInputs(inputs: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = await Promise.all(inputs.map((input) => expand(input, cwd)))
  const empty = inputs.filter((_, i) => found[i]!.length === 0)
  if (empty.length > 0)
    throw new ParallaxError('E_BAD_REQUEST', `There are no documents in ${empty.join(', ')}.`)
  const files = found.flat()
  const realPath = realPaths(cwd)
  const unique = new Map<string, string>()
  for (const file of files) {
    const path = await realPath(file)
    if (!unique.has(path)) unique.set(path, file)
  }
  return [...unique.values()]
}
