import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import pMap from 'p-map'
import { glob, isDynamicPattern } from 'tinyglobby'
import { ParallaxError } from '../../core/errors.ts'
import { isDocument } from './document-kinds.ts'
import { bytesOf, nameOf, recovered } from './file-names.ts'
import { filesBelow } from './folder-files.ts'

/** What inputs come to. */
export interface Inputs {
  /** The documents, each once. Names that are no UTF-8 are written as `nameOf` has them. */
  readonly files: readonly string[]
  /** Files of other kinds, and folders that may not be read, that lie in folders and globs. */
  readonly passedOver: readonly string[]
}

const natural = new Intl.Collator('en', { numeric: true })

/** Files that are opened at the same time, to see what they are. */
const atOnce = 16

const isDirectory = (path: string): Promise<boolean | null> =>
  stat(bytesOf(path)).then(
    (found) => found.isDirectory(),
    () => null,
  )

/** Of files that nobody named, those that are documents, in the order people count. */
async function documentsAmong(found: readonly string[], cwd: string): Promise<Inputs> {
  const sorted = [...found].sort(natural.compare)
  const are = await pMap(sorted, (file) => isDocument(resolve(cwd, file)), { concurrency: atOnce })
  return { files: sorted.filter((_, i) => are[i]), passedOver: sorted.filter((_, i) => !are[i]) }
}

async function inFolder(folder: string, cwd: string): Promise<Inputs> {
  const { files, closed } = await filesBelow(resolve(cwd, folder))
  const within = (below: string): string => join(folder, below)
  const { files: documents, passedOver } = await documentsAmong(files.map(within), cwd)
  return { files: documents, passedOver: [...passedOver, ...closed.map((one) => `${within(one)}/`)] }
}

const isHidden = (file: string): boolean => basename(file).startsWith('.')

async function inGlob(pattern: string, cwd: string): Promise<Inputs> {
  const options = { cwd, absolute: isAbsolute(pattern), onlyFiles: true, expandDirectories: false }
  const matched = await glob(pattern, options)
  const named = await pMap(matched, (file) => spelled(file, cwd), { concurrency: atOnce })
  return documentsAmong(
    await plainest(
      named.flat().filter((file) => !isHidden(file)),
      cwd,
    ),
    cwd,
  )
}

/** A path that may exist, as `nameOf` writes it: itself, or what it looks like once bytes are lost; none where nothing is there. */
async function spelled(path: string, cwd: string): Promise<readonly string[]> {
  const itself = nameOf(Buffer.from(path))
  if ((await isDirectory(resolve(cwd, itself))) !== null) return [itself]
  if ((await isDirectory(resolve(cwd, path))) !== null) return [path]
  return path.includes('\uFFFD') ? recovered(path, cwd) : []
}

async function expand(input: string, cwd: string): Promise<Inputs> {
  const places = await spelled(input, cwd)
  if (places.length === 0)
    return isDynamicPattern(input) ? inGlob(input, cwd) : { files: [input], passedOver: [] }
  const all = await pMap(
    places,
    async (place) =>
      (await isDirectory(resolve(cwd, place))) ? inFolder(place, cwd) : { files: [place], passedOver: [] },
    { concurrency: 1 },
  )
  return together(all)
}

const together = (all: readonly Inputs[]): Inputs => ({
  files: all.flatMap(({ files }) => files),
  passedOver: all.flatMap(({ passedOver }) => passedOver),
})

/** Makes a function that names the folder a file really lies in, so that folders which are links are seen through. */
function realPaths(cwd: string): (file: string) => Promise<string> {
  const folders = new Map<string, Promise<string>>()
  return async (file) => {
    const path = resolve(cwd, file)
    const folder = dirname(path)
    const real =
      folders.get(folder) ?? realpath(bytesOf(folder), { encoding: 'buffer' }).then(nameOf, () => folder)
    folders.set(folder, real)
    return join(await real, basename(path))
  }
}

/** Each file once, by the first of its names. */
async function eachOnce(files: readonly string[], cwd: string): Promise<readonly string[]> {
  const realPath = realPaths(cwd)
  const unique = new Map<string, string>()
  for (const file of files) {
    const path = await realPath(file)
    if (!unique.has(path)) unique.set(path, file)
  }
  return [...unique.values()]
}

/** Each file once, by a name that leads there without links where it has one. */
async function plainest(files: readonly string[], cwd: string): Promise<readonly string[]> {
  const realPath = realPaths(cwd)
  const base = await realpath(cwd)
  const ways = await Promise.all(
    files.map(async (file) => ({ file, isPlain: (await realPath(file)) === resolve(base, file) })),
  )
  const [plain, linked] = [true, false].map((is) => ways.filter(({ isPlain }) => isPlain === is))
  return eachOnce(
    [...plain!, ...linked!].map(({ file }) => file),
    cwd,
  )
}

/**
 * Files, folders (with all below them) and globs as a list of files, each once, in the order given. What lies in folders
 * and globs and is no document is passed over, hidden files without a word; a file given by name never is, even when it
 * does not exist. E_BAD_REQUEST names folders and globs that hold no document.
 */
export async function expandInputs(inputs: readonly string[], cwd: string): Promise<Inputs> {
  const found = await Promise.all(inputs.map((input) => expand(input, cwd)))
  const empty = inputs.filter((_, i) => found[i]!.files.length === 0)
  if (empty.length > 0)
    throw new ParallaxError('E_BAD_REQUEST', `There are no documents in ${empty.join(', ')}.`)
  const { files, passedOver } = together(found)
  const read = await eachOnce(files, cwd)
  const others = (await eachOnce(passedOver, cwd)).filter((file) => !read.includes(file))
  return { files: read, passedOver: others }
}
