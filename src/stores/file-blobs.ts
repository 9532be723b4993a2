import { createHash, randomUUID } from 'node:crypto'
import { lstat, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'
import type { BlobFolder, BlobStore, Stored } from '../core/blob-store.ts'

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** Blobs as files `sha256/ab/<digest>` under a folder, for their owner only; each written whole and flushed before it gets its name. */
export function fileBlobs(folder: string): BlobStore {
  const pathOf = (sha256: string): string => {
    const digest = parseDigest(sha256)
    return join(folder, 'sha256', digest.slice(0, 2), digest)
  }
  return {
    async put(bytes) {
      const digest = sha256Of(bytes)
      await translating(folder, () => ensureFile(pathOf(digest), bytes, digest))
      return digest
    },
    async get(sha256) {
      const path = pathOf(sha256)
      const bytes = await translating(folder, () => readIfThere(path))
      if (bytes !== null && sha256Of(bytes) !== sha256)
        throw new ParallaxError('E_STORAGE', `The stored file ${path} is damaged. Submit the document again.`)
      return bytes
    },
    async has(sha256) {
      const path = pathOf(sha256)
      return (await translating(folder, () => unlessMissing(stat(path)))) !== null
    },
    async delete(sha256) {
      const path = pathOf(sha256)
      await translating(folder, () => rm(path, { force: true }))
    },
    look: (prefix) => translating(folder, () => lookInto(folder, prefix)),
    async discard(name) {
      if (!unfinishedPattern.test(name))
        throw new ParallaxError('E_BAD_REQUEST', 'This is no unfinished file.')
      await translating(folder, () => rm(join(folder, 'sha256', name.slice(0, 2), name), { force: true }))
    },
  }
}

/** Makes the folder, for its owner only, where there is none. */
export const makeBlobFolder = (folder: string): Promise<void> => translating(folder, () => makeFolder(folder))

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function parseDigest(text: string): string {
  const parsed = digestSchema.safeParse(text)
  if (parsed.success) return parsed.data
  throw new ParallaxError('E_BAD_REQUEST', 'A stored file is named by its SHA-256: 64 hexadecimal digits.')
}

const prefixPattern = /^[0-9a-f]{2}$/
const unfinishedPattern = /^[0-9a-f]{64}\.[0-9a-f-]{36}\.tmp$/

async function lookInto(folder: string, prefix: string): Promise<BlobFolder> {
  return prefix === '' ? lookBeside(folder) : lookAt(join(folder, 'sha256', prefix), prefix)
}

async function lookBeside(folder: string): Promise<BlobFolder> {
  const beside = (await namesIn(folder)).filter((name) => name !== 'sha256')
  const among = (await namesIn(join(folder, 'sha256'))).filter((name) => !prefixPattern.test(name))
  const foreign = [...beside, ...among.map((name) => join('sha256', name))]
  return { blobs: [], unfinished: [], foreign }
}

async function lookAt(path: string, prefix: string): Promise<BlobFolder> {
  const found = { blobs: [] as Stored[], unfinished: [] as Stored[], foreign: [] as string[] }
  for (const name of await namesIn(path)) {
    const entry = await unlessMissing(lstat(join(path, name)))
    if (!entry) continue
    const stored = { name, at: entry.mtimeMs }
    const isOurs = entry.isFile() && name.startsWith(prefix)
    if (isOurs && digestSchema.safeParse(name).success) found.blobs.push(stored)
    else if (isOurs && unfinishedPattern.test(name)) found.unfinished.push(stored)
    else found.foreign.push(join('sha256', prefix, name))
  }
  return found
}

/** None where there is no such folder. */
async function namesIn(path: string): Promise<readonly string[]> {
  const found = await unlessMissing(lstat(path))
  return found?.isDirectory() === true ? ((await unlessMissing(readdir(path))) ?? []) : []
}

/** Writes the file unless it is there unharmed; durable either way, also when another process has just renamed it. */
async function ensureFile(path: string, bytes: Uint8Array, digest: string): Promise<void> {
  const folder = dirname(path)
  await makeFolder(folder)
  const present = await readIfThere(path)
  if (present === null || sha256Of(present) !== digest) await writeWhole(path, bytes)
  else await unlessMissing(utimes(path, new Date(), new Date()))
  await flushFolder(folder)
}

async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await flushFolder(dirname(made))
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await writeFlushed(temporary, bytes)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const readIfThere = (path: string): Promise<Buffer | null> => unlessMissing(readFile(path))

async function unlessMissing<T>(looking: Promise<T>): Promise<T | null> {
  try {
    return await looking
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return null
    throw error
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'syscall' in error

const helpByCode: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space and try again.',
  EDQUOT: 'your disk quota is used up. Free some space and try again.',
  EACCES: 'permission is denied. Check who may read and write it.',
  EROFS: 'the disk is read-only. Choose another folder.',
  EEXIST: 'it is not a folder. Move it away or choose another one.',
  ENOTDIR: 'a part of its path is not a folder. Move that away or choose another folder.',
}

async function translating<T>(folder: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } catch (error) {
    if (!isSystemError(error)) throw error
    const help = helpByCode[error.code ?? ''] ?? `${error.message}. Check the disk.`
    throw new ParallaxError('E_STORAGE', `The folder for documents, ${folder}, cannot be used: ${help}`, {
      cause: error,
    })
  }
}
