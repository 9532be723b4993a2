import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { nullIfMissing } from '../../core/missing.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { BlobStore } from '../../core/blob-store.ts'
import { restoringName } from '../health/data-folder.ts'
import { isInUse } from '../health/in-use.ts'
import { copyWhole, writeText } from './copy-file.ts'
import { homeName, type Manifest } from './manifest.ts'
import { verifyBackup, type Verified } from './verify-backup.ts'

export interface RestoreSource {
  readonly folder: string
  readonly blobs: BlobStore
}

export interface RestoreTarget {
  /** The data folder, which has to be empty. */
  readonly home: string
  /** Where the ledger is to be; null for a database that is restored by its own tools. */
  readonly ledgerFile: string | null
  /** Opens where stored files are to be. */
  readonly openBlobs: () => Promise<BlobStore>
  /** Whether a backup of which something is damaged is restored without that. */
  readonly force: boolean
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    if (code === 'ENOTDIR')
      throw new ParallaxError('E_CONFLICT', `${folder} is not a folder.`, { cause: error })
    throw error
  }
}

/** Nothing is ever written over; a folder in which a restore of this backup was cut short is gone on with. */
async function requireEmpty({ home, ledgerFile }: RestoreTarget, { madeAt }: Manifest): Promise<void> {
  const names = await namesIn(home)
  const begun = await readFile(join(home, restoringName), 'utf8').catch(nullIfMissing)
  if (begun === madeAt) return
  if (names.length > 0) {
    const why = (await isInUse(home)) ? 'is in use' : `is not empty (${names[0]})`
    throw new ParallaxError(
      'E_CONFLICT',
      `The data folder ${home} ${why}. Name a new or an empty one with PARALLAX_HOME; nothing is written over.`,
    )
  }
  if (ledgerFile !== null && (await isThere(ledgerFile)))
    throw new ParallaxError(
      'E_CONFLICT',
      `There is a ledger already, ${ledgerFile}. Move it away, or name another place with PARALLAX_DATABASE_URL.`,
    )
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )

function requireSameKind({ ledger }: Manifest, { ledgerFile }: RestoreTarget): void {
  if ((ledger === null) === (ledgerFile === null)) return
  throw new ParallaxError(
    'E_BAD_REQUEST',
    ledger === null
      ? 'The backup holds no ledger, for that was in PostgreSQL. Restore it with pg_restore or psql, and name it with PARALLAX_DATABASE_URL.'
      : 'The backup holds a SQLite ledger. Restore without PARALLAX_DATABASE_URL, then move it: parallax ledger move.',
  )
}

/** Named in a sentence at most. */
const shown = 5

function refuseDamaged({ damaged }: Verified, force: boolean): void {
  if (damaged.length === 0 || force) return
  const named = damaged.slice(0, shown).join('; ')
  const more = damaged.length > shown ? `; and ${damaged.length - shown} more` : ''
  throw new ParallaxError(
    'E_DAMAGED',
    `The backup is damaged: ${named}${more}. Restore another one, or what is sound of this one with --force.`,
  )
}

/**
 * Puts a backup into an empty data folder, after everything in it was held against its hash. The ledger comes last, so that there is none
 * before all that it speaks of is there.
 */
export async function restoreBackup(source: RestoreSource, target: RestoreTarget): Promise<Verified> {
  const verified = await verifyBackup(source.folder, source.blobs)
  const { manifest, files, blobs } = verified
  requireSameKind(manifest, target)
  await requireEmpty(target, manifest)
  refuseDamaged(verified, target.force)

  const { home, ledgerFile } = target
  await mkdir(home, { recursive: true, mode: 0o700 })
  const marker = join(home, restoringName)
  await writeText(marker, manifest.madeAt)
  const data = join(source.folder, manifest.folder)
  for (const { path } of files) await copyWhole(join(data, homeName, path), join(home, path))
  await copyAll(source.blobs, await target.openBlobs(), blobs)
  if (manifest.ledger !== null && ledgerFile !== null)
    await copyWhole(join(data, manifest.ledger.path), ledgerFile)
  await rm(marker)
  return verified
}

async function copyAll(from: BlobStore, to: BlobStore, digests: readonly string[]): Promise<void> {
  for (const digest of digests) {
    if (await to.has(digest)) continue
    const bytes = await from.get(digest)
    if (bytes === null)
      throw new ParallaxError('E_DAMAGED', `The stored file ${digest} has gone from the backup meanwhile.`)
    await to.put(bytes)
  }
}
