import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { nullIfMissing } from '../core/missing.ts'
import { ParallaxError } from '../core/errors.ts'
import type { TypeRef } from '../core/jobs.ts'
import { builtInTypes } from './built-in-types.ts'

/** A JSON Schema that is kept under a name, in one of its versions. */
export interface KeptType {
  /** Its `file` is its path from the data folder, so that it is found where that has been moved to. */
  readonly ref: TypeRef & { readonly file: string }
  /** From 1. */
  readonly version: number
  /** The JSON Schema as it was kept; empty where it cannot be read. */
  readonly text: string
}

export interface PutType {
  readonly kept: KeptType
  /** False where the version in use says the same already. */
  readonly isNew: boolean
}

/**
 * The document types of a data folder, `types/NAME/VERSION.schema.json`. A version is never changed, and stays when there is
 * a later one or the type is removed: what was submitted with it is read and shown by it. All methods reject with E_STORAGE
 * where the folder cannot be used.
 */
export interface TypeFolder {
  /** The version in use of each type, by name. */
  list(): Promise<readonly KeptType[]>
  /** The version in use; null where no type of the name is kept, or it was removed. */
  find(name: string): Promise<KeptType | null>
  /** Keeps a JSON Schema that was found to be a good one as the version in use. E_BAD_REQUEST for a name that no type can have. */
  put(name: string, text: string): Promise<PutType>
  /** Has the type found no longer; false where there is none. */
  remove(name: string): Promise<boolean>
}

const namePattern = /^[a-z][a-z0-9-]{0,60}$/
const versionPattern = /^([1-9]\d{0,8})\.schema\.json$/

/** Stands as the last version of a type that was removed: the JSON Schema that no document fits. */
const removed = 'false'

/** E_BAD_REQUEST for a name that no type of the folder can have. */
export async function checkTypeName(name: string): Promise<void> {
  if (!namePattern.test(name))
    throw new ParallaxError(
      'E_BAD_REQUEST',
      'A type is named by small letters, digits and dashes, a letter first, at most 61.',
    )
  if (name in (await builtInTypes()))
    throw new ParallaxError('E_BAD_REQUEST', `"${name}" is a built-in type: choose another name.`)
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function keptType(name: string, version: number, text: string): KeptType {
  const file = `types/${name}/${version}.schema.json`
  return { ref: { name, file, hash: sha256(text) }, version, text }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error

async function writeFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function flushFolder(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** False where there is a file of this name. */
async function isLinked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false
    throw error
  }
}

/** The types that are kept in a data folder. Nothing is made before the first is put. */
export function openTypeFolder(home: string): TypeFolder {
  const folder = join(home, 'types')
  const filesOf = async (name: string) => (await readdir(join(folder, name)).catch(nullIfMissing)) ?? []

  /** The highest version, also of a type that was removed. */
  async function last(name: string): Promise<KeptType | null> {
    const versions = (await filesOf(name)).map((file) => Number(versionPattern.exec(file)?.[1] ?? 0))
    const version = Math.max(0, ...versions)
    if (version === 0) return null
    const text = await readFile(join(folder, name, `${version}.schema.json`), 'utf8').catch(() => '')
    return keptType(name, version, text)
  }

  /** The file gets its name when it is whole, and no name that another one has: of writers at once each has a version. */
  async function append(name: string, text: string): Promise<PutType> {
    const own = join(folder, name)
    await mkdir(own, { recursive: true, mode: 0o700 })
    const temporary = join(own, `${randomUUID()}.tmp`)
    try {
      await writeFlushed(temporary, text)
      for (;;) {
        const before = await last(name)
        if (before?.text === text) return { kept: before, isNew: false }
        const kept = keptType(name, (before?.version ?? 0) + 1, text)
        if (!(await isLinked(temporary, join(home, kept.ref.file)))) continue
        for (const path of [own, folder, home]) await flushFolder(path)
        return { kept, isNew: true }
      }
    } finally {
      await rm(temporary, { force: true })
    }
  }

  async function find(name: string): Promise<KeptType | null> {
    if (!namePattern.test(name)) return null
    const found = await last(name)
    return found?.text === removed ? null : found
  }

  async function translating<T>(use: () => Promise<T>): Promise<T> {
    try {
      return await use()
    } catch (error) {
      if (!isSystemError(error)) throw error
      const message = `The folder of document types, ${folder}, cannot be used: ${error.message}.`
      throw new ParallaxError('E_STORAGE', message, { cause: error })
    }
  }

  return {
    find: (name) => translating(() => find(name)),
    list: () =>
      translating(async () => {
        const names = (await readdir(folder).catch(nullIfMissing)) ?? []
        const found = await Promise.all(names.sort().map(find))
        return found.filter((one) => one !== null)
      }),
    async put(name, text) {
      await checkTypeName(name)
      return translating(() => append(name, text))
    },
    remove: (name) =>
      translating(async () => (await find(name)) !== null && (await append(name, removed)).isNew),
  }
}
