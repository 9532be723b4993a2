import { stat } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { ParallaxError } from '../core/errors.ts'

/** The value of a setting that says where something is kept. It may hold a password: no sentence repeats it. */
export interface StoreUrl {
  readonly setting: string
  readonly url: string
  /** The data folder, from which relative paths lead. */
  readonly home: string
}

const schemeOf = (url: string): string | undefined => /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()

export const notUsable = ({ setting }: StoreUrl, why: string): ParallaxError =>
  new ParallaxError('E_BAD_REQUEST', `${setting} cannot be used: ${why}`)

/** What a table has for the scheme of a URL; E_BAD_REQUEST names those that it has. */
export function chosenBy<T>(at: StoreUrl, byScheme: Readonly<Record<string, T>>): T {
  const scheme = schemeOf(at.url)
  if (scheme !== undefined && Object.hasOwn(byScheme, scheme)) return byScheme[scheme]!
  const known = Object.keys(byScheme).map((name) => `${name}:`)
  throw notUsable(at, `it has to begin with ${known.join(' or ')}.`)
}

/** The text behind the scheme, and behind `//` with no host. */
function pathText(at: StoreUrl): string {
  const rest = at.url.slice(at.url.indexOf(':') + 1)
  if (/[?#]/.test(rest)) throw notUsable(at, 'it takes no options; in a path, ? is written %3F and # is %23.')
  const text = rest.startsWith('//') ? rest.slice(2) : rest
  if (text === '' || (rest !== text && !text.startsWith('/')))
    throw notUsable(
      at,
      'a path is expected, of the data folder (scheme:name) or a full one (scheme:///srv/name).',
    )
  try {
    return decodeURIComponent(text)
  } catch {
    throw notUsable(at, 'its path is wrongly escaped; % is written %25.')
  }
}

/** The file or folder that a URL names: in the data folder, or by a full path whose folder (`at`) has to be there. */
export async function pathOf(at: StoreUrl, folderOf: (path: string) => string): Promise<string> {
  const path = resolve(at.home, pathText(at))
  const isInside = !relative(at.home, path).split(sep).includes('..')
  if (!isInside) await requireFolder(at, folderOf(path))
  return path
}

/** A disk that is not mounted is not written in its place. */
async function requireFolder({ setting }: StoreUrl, folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null)
  if (found?.isDirectory() === true) return
  throw new ParallaxError(
    'E_STORAGE',
    `There is no folder ${folder}, which ${setting} names. Make it, or mount its disk.`,
  )
}

/** What is wrong when a file or folder is not there any more, or has become another one. */
export const gone = (what: string, cause?: unknown): ParallaxError =>
  new ParallaxError('E_STORAGE', `${what} is not what it was when it was opened.`, { cause })
