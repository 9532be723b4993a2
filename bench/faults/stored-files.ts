import { createHash } from 'node:crypto'
import { readdir, readFile, utimes } from 'node:fs/promises'
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

/** Has everything stored look as if it had lain there for an hour: what is young may be on its way in. */
export async function age(home: string): Promise<void> {
  const hourAgo = new Date(Date.now() - 3_600_000)
  for (const folder of ['blobs', 'uploads'].map((name) => join(home, name)))
    for (const entry of await readdir(folder, { recursive: true }).catch(() => []))
      await utimes(join(folder, entry), hourAgo, hourAgo)
}

/** Whether the bytes of a document are stored unharmed. */
export async function isStored(home: string, digest: string): Promise<boolean> {
  const bytes = await readFile(pathOf(home, digest)).catch(() => null)
  return bytes !== null && digestOf(bytes) === digest
}
