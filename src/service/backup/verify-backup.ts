import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ParallaxError } from '../../core/errors.ts'
import type { BlobStore } from '../../core/blob-store.ts'
import { contentsOf } from './copy-file.ts'
import { soundBlob } from './copy-blobs.ts'
import { homeName, readManifest, type BackupFile, type Manifest } from './manifest.ts'

/** A backup with what is wrong with it. */
export interface Verified {
  readonly manifest: Manifest
  /** Stored files, by their digests, that are in it as they were. */
  readonly blobs: readonly string[]
  readonly files: readonly BackupFile[]
  /** Sentences without a full stop, one for each thing that is not there as it was. */
  readonly damaged: readonly string[]
}

type State = 'sound' | 'missing' | 'damaged'

async function stateOf(path: string, { bytes, sha256 }: BackupFile): Promise<State> {
  const found = await contentsOf(path).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  })
  if (found === null) return 'missing'
  return found.bytes === bytes && found.sha256 === sha256 ? 'sound' : 'damaged'
}

/** Without these nothing can be restored. */
async function requireSound(folder: string, file: BackupFile, what: string): Promise<void> {
  const state = await stateOf(join(folder, file.path), file)
  if (state === 'sound') return
  throw new ParallaxError(
    'E_DAMAGED',
    `${what} of the backup is ${state}: ${join(folder, file.path)}. Restore another backup.`,
  )
}

/** Holds everything in a backup against its hash. E_NOT_FOUND where there is none, E_DAMAGED where nothing of it can be used. */
export async function verifyBackup(folder: string, stored: BlobStore): Promise<Verified> {
  const manifest = await readManifest(folder)
  if (manifest === null) throw new ParallaxError('E_NOT_FOUND', `There is no backup in ${folder}.`)
  const data = join(folder, manifest.folder)
  if (manifest.ledger !== null) await requireSound(data, manifest.ledger, 'The ledger')
  await requireSound(data, manifest.blobs.list, 'The list of stored files')

  const damaged: string[] = []
  const files: BackupFile[] = []
  for (const file of manifest.files) {
    const state = await stateOf(join(data, homeName, file.path), file)
    if (state === 'sound') files.push(file)
    else damaged.push(`${file.path} is ${state}`)
  }
  const blobs: string[] = []
  const list = await readFile(join(data, manifest.blobs.list.path), 'utf8')
  for (const digest of list.split('\n').filter((line) => line !== '')) {
    const bytes = await soundBlob(stored, digest)
    if (typeof bytes === 'string') damaged.push(`the stored file ${digest} is ${bytes}`)
    else blobs.push(digest)
  }
  return { manifest, blobs, files, damaged }
}
