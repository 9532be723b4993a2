import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nullIfMissing } from '../../core/missing.ts'
import { ParallaxError } from '../../core/errors.ts'

/** Folders and files inside it, which are made when they are first needed. */
const folders = ['uploads']
const files = ['worker.log']

const elsewhere = 'or choose another data folder with PARALLAX_HOME'

/** What helps, by the system's code for what went wrong. */
const helpByCode: Readonly<Record<string, string>> = {
  EACCES: `it may not be written. Check its permissions, ${elsewhere}.`,
  EPERM: `it may not be written. Check its permissions, ${elsewhere}.`,
  EROFS: `its disk is read-only. Mount it for writing, ${elsewhere}.`,
  ENOSPC: `its disk is full. Free some space, ${elsewhere}.`,
  EDQUOT: `its disk is full. Free some space, ${elsewhere}.`,
  EEXIST: `it is not a folder. Move it away, ${elsewhere}.`,
  ENOTDIR: `a part of its path is not a folder. Move that away, ${elsewhere}.`,
}

function unusable(path: string, cause: unknown): ParallaxError {
  const { code = '', message } = cause as NodeJS.ErrnoException
  const why = helpByCode[code] ?? `${message}. Mend that, ${elsewhere}.`
  return new ParallaxError('E_STORAGE', `The data folder ${path} cannot be used: ${why}`, { cause })
}

/** Writes some bytes into the folder and removes them; rejects with the system's error. */
export async function tryWriting(folder: string): Promise<void> {
  const file = join(folder, `.writing-${process.pid}`)
  try {
    await writeFile(file, 'It can be written.\n', { mode: 0o600 })
  } finally {
    await rm(file, { force: true }).catch(() => {}) // What could not be written says more.
  }
}

const inTheWay = (path: string, kind: 'file' | 'folder'): ParallaxError =>
  new ParallaxError(
    'E_STORAGE',
    `${path} is in the way: in a data folder it has to be a ${kind}. Move it away, ${elsewhere}.`,
  )

async function requireKind(path: string, kind: 'file' | 'folder'): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (found !== null && found.isDirectory() !== (kind === 'folder')) throw inTheWay(path, kind)
}

/** A file that lies in a data folder until all of a backup is in it. */
export const restoringName = '.restoring'

async function refuseHalfRestored(home: string): Promise<void> {
  if ((await stat(join(home, restoringName)).catch(nullIfMissing)) === null) return
  throw new ParallaxError(
    'E_STORAGE',
    `The data folder ${home} was not restored to its end. Run parallax restore again, or ${elsewhere.slice(3)}.`,
  )
}

/** Makes the data folder where it is missing; rejects with E_STORAGE, and what helps, where it cannot be worked in. */
export async function prepareDataFolder(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 })
    await tryWriting(home)
  } catch (error) {
    throw unusable(home, error)
  }
  await refuseHalfRestored(home)
  for (const name of folders) await requireKind(join(home, name), 'folder')
  for (const name of files) await requireKind(join(home, name), 'file')
}
