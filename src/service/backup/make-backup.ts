import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ParallaxError } from '../../core/errors.ts'
import type { BlobStore } from '../../core/blob-store.ts'
import type { JobStore } from '../../core/job-store.ts'
import { contentsOf, copyWhole, writeText } from './copy-file.ts'
import { copyBlobs, keepOnly, type CopiedBlobs } from './copy-blobs.ts'
import { contentsOfFolder } from './folder-contents.ts'
import {
  homeName,
  ledgerName,
  listName,
  manifestName,
  readManifest,
  type BackupFile,
  type Manifest,
} from './manifest.ts'

type Counts = Readonly<Record<string, number>>

/** A ledger as it was at one instant. */
export interface LedgerCopy extends AsyncDisposable {
  readonly store: Pick<JobStore, 'neededBlobs' | 'counts'>
  readonly identity: string
}

export interface BackupSource {
  readonly home: string
  readonly store: Pick<JobStore, 'neededBlobs' | 'counts' | 'needs'>
  readonly blobs: BlobStore
  /** Copies the ledger to a new file, and opens the copy; null for a database that is backed up by its own tools. */
  readonly copyLedger: ((file: string) => Promise<LedgerCopy>) | null
  /** What tells the ledger from others, where it is not copied. */
  readonly identity: string | null
  /** Full paths of what in the data folder is no part of a backup. */
  readonly left: ReadonlySet<string>
  readonly version: string
}

export interface BackupTarget {
  readonly folder: string
  /** The stored files of the backup. */
  readonly blobs: BlobStore
  /** Whether it may replace the backup of another ledger. */
  readonly force: boolean
}

export interface Backup {
  readonly manifest: Manifest
  /** Stored files that an earlier backup did not have. */
  readonly copied: number
  /** Stored files that the ledger speaks of, and that the source has lost or damaged. */
  readonly missing: readonly string[]
  readonly damaged: readonly string[]
  /** What was left out of the data folder because it is neither file nor folder. */
  readonly others: readonly string[]
}

/** How often the ledger is copied anew because documents were deleted meanwhile. */
const tries = 3

interface Documents {
  readonly identity: string
  readonly ledger: BackupFile | null
  readonly jobs: Counts
  readonly blobs: CopiedBlobs
}

/**
 * The ledger, then the stored files that it speaks of: each is stored before the ledger knows of it, so that it is there unless it
 * was deleted meanwhile. The ledger is copied again then, for a copy that still speaks of it would not be whole.
 */
async function copyDocuments(source: BackupSource, target: BackupTarget, folder: string): Promise<Documents> {
  if (source.copyLedger === null) return copyBlobsOnly(source, target)
  const file = join(folder, ledgerName)
  for (let tried = 1; ; tried++) {
    await rm(file, { force: true })
    const copied = await copyOnce(source, target, file, source.copyLedger)
    const lost = copied.blobs.missing
    const deleted = (await Promise.all(lost.map((blob) => source.store.needs(blob)))).includes(false)
    if (!deleted || tried === tries)
      return { ...copied, ledger: { path: ledgerName, ...(await contentsOf(file)) } }
  }
}

async function copyOnce(
  source: BackupSource,
  target: BackupTarget,
  file: string,
  copyLedger: NonNullable<BackupSource['copyLedger']>,
): Promise<Omit<Documents, 'ledger'>> {
  await using copy = await copyLedger(file)
  await refuseOther(target, copy.identity)
  const blobs = await copyBlobs(source.blobs, target.blobs, (prefix) => copy.store.neededBlobs(prefix))
  return { identity: copy.identity, jobs: await copy.store.counts(), blobs }
}

async function copyBlobsOnly(source: BackupSource, target: BackupTarget): Promise<Documents> {
  const identity = source.identity ?? ''
  await refuseOther(target, identity)
  const blobs = await copyBlobs(source.blobs, target.blobs, (prefix) => source.store.neededBlobs(prefix))
  return { identity, ledger: null, jobs: await source.store.counts(), blobs }
}

/** An empty data folder, or a wrong one, must not take the place of the backup that is needed then. */
async function refuseOther({ folder, force }: BackupTarget, identity: string): Promise<void> {
  const earlier = await readManifest(folder)
  if (force || earlier === null || earlier.ledgerIdentity === identity) return
  throw new ParallaxError(
    'E_CONFLICT',
    `${folder} holds the backup of another ledger, made ${earlier.madeAt}. Give another folder, or --force to replace it.`,
  )
}

/** Makes the folder of a backup; E_BAD_REQUEST where something of somebody else's would get mixed up with it. */
export async function prepareBackup(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = await readdir(folder)
  const foreign = names.filter((name) => !isOurs(name))
  if (foreign.length === 0 || (await readManifest(folder)) !== null) return
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `${folder} is not empty and holds no backup (${foreign[0]}). Give an empty or a new folder.`,
  )
}

const dataPrefix = 'data-'

/** Held by whoever makes the backup. */
export const lockName = 'lock'
const isOurs = (name: string): boolean =>
  name.startsWith(dataPrefix) || ['blobs', lockName, `${lockName}-journal`, manifestName].includes(name)

async function copyFiles({ home, left }: BackupSource, folder: string) {
  const { files: paths, others } = await contentsOfFolder(home, left)
  const files: BackupFile[] = []
  for (const path of paths)
    files.push({ path, ...(await copyWhole(join(home, path), join(folder, homeName, path))) })
  return { files, others }
}

async function writeList(folder: string, digests: readonly string[]): Promise<BackupFile> {
  const path = join(folder, listName)
  await writeText(path, digests.map((digest) => `${digest}\n`).join(''))
  return { path: listName, ...(await contentsOf(path)) }
}

/** Removes what only earlier backups have, and what those have left that did not end. */
async function tidy(
  { folder, blobs }: BackupTarget,
  current: string,
  kept: readonly string[],
): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(dataPrefix) && name !== current) await rm(join(folder, name), { recursive: true })
  await keepOnly(blobs, new Set(kept))
}

/**
 * Brings a backup up to date while the ledger is in use, or makes it. The earlier one is good until the new manifest is in its place, the
 * last thing that is written.
 */
export async function makeBackup(source: BackupSource, target: BackupTarget): Promise<Backup> {
  const madeAt = new Date().toISOString()
  const name = `${dataPrefix}${madeAt.replaceAll(/[:.]/g, '-')}`
  const folder = join(target.folder, name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { identity, ledger, jobs, blobs } = await copyDocuments(source, target, folder)
  const { files, others } = await copyFiles(source, folder)
  const list = await writeList(folder, blobs.kept)
  const manifest: Manifest = {
    ...{ format: 'parallax-backup', version: 1, parallax: source.version, madeAt, ledgerIdentity: identity },
    ...{ ledger, jobs: { ...jobs }, blobs: { count: blobs.kept.length, list }, files, folder: name },
  }
  await writeText(join(target.folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
  await tidy(target, name, blobs.kept)
  return { manifest, copied: blobs.copied, missing: blobs.missing, damaged: blobs.damaged, others }
}
