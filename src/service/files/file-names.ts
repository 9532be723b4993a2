import { isUtf8 } from 'node:buffer'
import { readdir, stat } from 'node:fs/promises'
import { resolve } from 'node:path'

/**
 * Names of files as text. A file's name is bytes, and mostly UTF-8; bytes that are none are written as `\xE9`, and so is
 * the backslash of a name that would read like that. Every name has one text, and no two names have the same.
 */

/** What would be read as an escaped byte. */
const escape = /\\x(?=[0-9A-F]{2})/g

/** Sequences of UTF-8 (RFC 3629, section 4) in bytes that are given as Latin-1, or else one byte. */
const sequences =
  /(?:[\0-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+|[\x80-\xff]/g

const hex = (byte: number): string => `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`

/** The text of a name, or of a path. */
export function nameOf(bytes: Buffer): string {
  const plain = (part: Buffer): string => part.toString().replace(escape, `${hex(0x5c)}x`)
  if (isUtf8(bytes)) return plain(bytes)
  const parts = bytes.toString('latin1').match(sequences) ?? []
  return parts
    .map((part) => Buffer.from(part, 'latin1'))
    .map((part) => (isUtf8(part) ? plain(part) : hex(part[0]!)))
    .join('')
}

/** The bytes of a name or path; the text itself where it has nothing escaped. */
export function bytesOf(name: string): Buffer | string {
  if (name.search(escape) === -1) return name
  const parts = name.split(/(\\x[0-9A-F]{2})/)
  return Buffer.concat(
    parts.map((part, i) => (i % 2 === 0 ? Buffer.from(part) : Buffer.from(part.slice(2), 'hex'))),
  )
}

/** What the text of a command line shows of bytes that are no UTF-8. */
const lost = '\uFFFD'
const blurred = (text: string): string => text.replaceAll(/\uFFFD+/g, lost)

/** The names in a folder that look like `name` once what is no UTF-8 is lost. */
async function lookalikes(folder: string, name: string): Promise<readonly string[]> {
  const entries = await readdir(bytesOf(folder), { encoding: 'buffer' }).catch(() => [])
  return entries.filter((entry) => blurred(entry.toString()) === blurred(name)).map(nameOf)
}

/**
 * The paths that exist and look like one in which bytes were lost, as Node.js loses them in the arguments of a program: all
 * of them, for nothing tells them apart any more.
 */
export async function recovered(path: string, cwd: string): Promise<readonly string[]> {
  let found: readonly string[] = ['']
  for (const [i, segment] of path.split('/').entries()) {
    const slash = i === 0 ? '' : '/'
    const next = found.map(async (before) => {
      if (!segment.includes(lost)) return [before + slash + segment]
      const names = await lookalikes(resolve(cwd, before + slash), segment)
      return names.map((name) => before + slash + name)
    })
    found = (await Promise.all(next)).flat()
  }
  const existing = await Promise.all(found.map((one) => isThere(resolve(cwd, one))))
  return found.filter((_, i) => existing[i])
}

const isThere = (path: string): Promise<boolean> =>
  stat(bytesOf(path)).then(
    () => true,
    () => false,
  )
