import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { nullIfMissing } from '../core/missing.ts'
import { ParallaxError } from '../core/errors.ts'
import type { TypeRef } from '../core/jobs.ts'
import { anyType, otherClass } from '../core/told-type.ts'
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
  if (name === anyType || name === otherClass)
    throw new ParallaxError('E_BAD_REQUEST', `"${name}" means no type of its own: choose another name.`)
  if (name in (await builtInTypes()))
    throw new ParallaxError('E_BAD_REQUEST', `"${name}" is a built-in type: choose another name.`)
}

const jsonSchemaSchema = z.record(z.string(), z.unknown())

/** The JSON Schema of a version; null for a file that is damaged. */
export function schemaOf({ text }: KeptType): Record<string, unknown> | null {
  try {
    return jsonSchemaSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
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

const folderIn = (home: string): string => join(home, 'types')

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(nullIfMissing)) ?? []

/** The highest version, also of a type that was removed; null where there is none. */
async function lastVersion(home: string, name: string): Promise<KeptType | null> {
  const files = await namesIn(join(folderIn(home), name))
  const version = Math.max(0, ...files.map((file) => Number(versionPattern.exec(file)?.[1] ?? 0)))
  if (version === 0) return null
  const { ref } = keptType(name, version, '')
  return keptType(name, version, await readFile(join(home, ref.file), 'utf8').catch(() => ''))
}

/** Gives the file the name of the next version, unless the last one says the same. */
async function nameNext(home: string, name: string, text: string, file: string): Promise<PutType> {
  for (;;) {
    const last = await lastVersion(home, name)
    if (last?.text === text) return { kept: last, isNew: false }
    const kept = keptType(name, (last?.version ?? 0) + 1, text)
    if (await isLinked(file, join(home, kept.ref.file))) return { kept, isNew: true }
  }
}

/** A version gets its name when it is whole, and no name that another one has: of writers at once each has a version. */
async function append(home: string, name: string, text: string): Promise<PutType> {
  const folder = join(folderIn(home), name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const temporary = join(folder, `${randomUUID()}.tmp`)
  try {
    await writeFlushed(temporary, text)
    const put = await nameNext(home, name, text, temporary)
    for (const path of [folder, folderIn(home), home]) await flushFolder(path)
    return put
  } finally {
    await rm(temporary, { force: true })
  }
}

async function find(home: string, name: string): Promise<KeptType | null> {
  if (!namePattern.test(name)) return null
  const found = await lastVersion(home, name)
  return found?.text === removed ? null : found
}

async function translating<T>(home: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } catch (error) {
    if (!isSystemError(error)) throw error
    const message = `The folder of document types, ${folderIn(home)}, cannot be used: ${error.message}.`
    throw new ParallaxError('E_STORAGE', message, { cause: error })
  }
}

async function list(home: string): Promise<readonly KeptType[]> {
  const names = await namesIn(folderIn(home))
  const found = await Promise.all([...names].sort().map((name) => find(home, name)))
  return found.filter((one) => one !== null)
}

/** The types that are kept in a data folder. Nothing is made there before the first is put. */
export const openTypeFolder = (home: string): TypeFolder => ({
  list: () => translating(home, () => list(home)),
  find: (name) => translating(home, () => find(home, name)),
  async put(name, text) {
    await checkTypeName(name)
    return translating(home, () => append(home, name, text))
  },
  remove: (name) =>
    translating(
      home,
      async () => (await find(home, name)) !== null && (await append(home, name, removed)).isNew,
    ),
})
