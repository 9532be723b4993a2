import { readFile, stat } from 'node:fs/promises'
import { ParallaxError } from '../../core/errors.ts'
import { bytesOf } from './file-names.ts'

/** Bytes above which a file is not even opened; imaging has tighter limits by kind. */
const maxBytes = 100e6

const reasons: Readonly<Record<string, readonly ['E_NOT_FOUND' | 'E_NOT_READABLE', string]>> = {
  ENOENT: ['E_NOT_FOUND', 'There is no such file.'],
  EACCES: ['E_NOT_READABLE', 'The file may not be read: permission denied.'],
  EPERM: ['E_NOT_READABLE', 'The file may not be read: permission denied.'],
  ENOTDIR: ['E_NOT_FOUND', 'There is no such file.'],
  ENAMETOOLONG: ['E_NOT_FOUND', 'There is no such file: the name is too long.'],
  ELOOP: ['E_NOT_READABLE', 'The file is a link that leads back to itself.'],
}

/** Where the file lies: under the bytes that stand escaped in its name, or under the name as it is written. */
async function placeOf(file: string): Promise<string | Buffer> {
  const bytes = bytesOf(file)
  if (bytes === file) return file
  return stat(bytes).then(
    () => bytes,
    () => file,
  )
}

/** The bytes of a file that a person named, see `nameOf`; E_NOT_FOUND, E_NOT_READABLE or E_FILE_TOO_LARGE say why there are none. */
export async function readInput(file: string): Promise<Uint8Array> {
  try {
    const place = await placeOf(file)
    const found = await stat(place)
    if (!found.isFile()) throw new ParallaxError('E_NOT_READABLE', 'This is not a file.')
    if (found.size > maxBytes) {
      const size = Math.ceil(found.size / 1e6)
      throw new ParallaxError(
        'E_FILE_TOO_LARGE',
        `The file has ${size} MB; at most ${maxBytes / 1e6} MB are read.`,
      )
    }
    return await readFile(place)
  } catch (error) {
    if (error instanceof ParallaxError) throw error
    const code = (error as NodeJS.ErrnoException).code ?? ''
    const [reason, message] = reasons[code] ?? ['E_NOT_READABLE', `The file could not be read (${code}).`]
    throw new ParallaxError(reason, message, { cause: error })
  }
}
