import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { column } from './ledger.ts'

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Where a document of this hash is stored. */
export const pathOf = (home: string, digest: string): string =>
  join(home, 'blobs', 'sha256', digest.slice(0, 2), digest)

const filesBelow = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** Stored documents that nothing in the ledger knows, and uploads that nobody waits for. */
export async function leftBehind(home: string): Promise<readonly string[]> {
  const known = new Set(column(home, 'select blob from works'))
  const blobs = await filesBelow(join(home, 'blobs'))
  const uploads = await filesBelow(join(home, 'uploads'))
  return [...blobs.filter((file) => !known.has(file.split('/').at(-1)!)), ...uploads]
}

/** Whether the bytes of a document are stored unharmed. */
export async function isStored(home: string, digest: string): Promise<boolean> {
  const bytes = await readFile(pathOf(home, digest)).catch(() => null)
  return bytes !== null && digestOf(bytes) === digest
}
