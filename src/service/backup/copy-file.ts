import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

/** What a file holds. */
export interface Contents {
  readonly bytes: number
  readonly sha256: string
}

/** Hands on all that a file holds, piece by piece. */
async function readThrough(path: string, each: (piece: Buffer) => Promise<unknown>): Promise<Contents> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece)
    bytes += piece.length
    await each(piece)
  }
  return { bytes, sha256: hash.digest('hex') }
}

export const contentsOf = (path: string): Promise<Contents> => readThrough(path, async () => {})

async function flush(path: string): Promise<void> {
  const handle = await open(path)
  await handle.sync().finally(() => handle.close())
}

/** Writes a file whole and flushed before it gets its name, for its owner only. */
async function writeWhole<T>(path: string, write: (file: FileHandle) => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    const file = await open(temporary, 'wx', 0o600)
    const written = await write(file)
      .then(async (result) => (await file.sync(), result))
      .finally(() => file.close())
    await rename(temporary, path)
    await flush(dirname(path))
    return written
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Copies a file; answers what the copy holds, whatever is done to the file meanwhile. */
export const copyWhole = (from: string, to: string): Promise<Contents> =>
  writeWhole(to, (file) => readThrough(from, (piece) => file.writeFile(piece)))

export const writeText = (path: string, text: string): Promise<void> =>
  writeWhole(path, (file) => file.writeFile(text))
