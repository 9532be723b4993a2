import { realpath } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Config } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'
import { withFileLock } from '../queue/file-lock.ts'
import {
  lockName,
  makeBackup,
  prepareBackup,
  type Backup,
  type LedgerCopy,
} from '../service/backup/make-backup.ts'
import { restoreBackup } from '../service/backup/restore-backup.ts'
import { verifyBackup, type Verified } from '../service/backup/verify-backup.ts'
import { fileBlobs } from '../stores/file-blobs.ts'
import { openBlobs } from '../stores/open-blobs.ts'
import { ledgerFileOf } from '../stores/open-ledger.ts'
import { version } from './package.ts'
import { blobsOf, openRecords } from './records.ts'

/** What the disk refuses, as a sentence that names the folder of the backup. */
async function translating<T>(folder: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    throw new ParallaxError('E_STORAGE', `The backup in ${folder} was cut short: ${error.message}.`, {
      cause: error,
    })
  }
}

/** Where a backup keeps stored files. */
const blobsIn = (folder: string) => fileBlobs(join(folder, 'blobs'))

/** What in a data folder is no part of a backup, or is backed up in its own way. */
const passing = ['redis', 'uploads', 'worker.log', '.restoring']

const ledgerFiles = (file: string): readonly string[] =>
  ['', '-wal', '-shm', '-journal'].map((end) => file + end)

async function copyLedger(from: string, to: string): Promise<LedgerCopy> {
  const { birthOfSqlite, copySqlite } = await import('../stores/sqlite-copy.ts')
  const { openSqliteLedger } = await import('../stores/sqlite.ts')
  await copySqlite(from, to)
  const store = await openSqliteLedger(to)
  return { store, identity: birthOfSqlite(to), [Symbol.asyncDispose]: () => store.close() }
}

/** The path with what there is of it resolved, so that no link leads back. */
async function real(path: string): Promise<string> {
  const found = await realpath(path).catch(() => null)
  if (found !== null || dirname(path) === path) return found ?? path
  return join(await real(dirname(path)), relative(dirname(path), path))
}

const isWithin = (path: string, folder: string): boolean => {
  const way = relative(folder, path)
  return way === '' || (way.split(sep)[0] !== '..' && resolve(folder, way) === path)
}

/** A backup that lies in what it backs up would hold itself. */
async function requireApart(folder: string, home: string): Promise<void> {
  const [at, data] = [await real(folder), await real(home)]
  if (!isWithin(at, data) && !isWithin(data, at)) return
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `A backup cannot be kept in the data folder, or the other way round: ${folder}.`,
  )
}

export interface MadeBackup extends Backup {
  readonly places: { readonly ledger: string; readonly blobs: string }
  /** Settings that name folders elsewhere, which are not in the backup. */
  readonly elsewhere: readonly string[]
}

function elsewhereOf({ home, templates, models }: Config): readonly string[] {
  const named = [
    ['PARALLAX_TEMPLATES', templates.folder],
    ['PARALLAX_MODELS', models === undefined ? home : resolve(models)],
  ] as const
  return named.filter(([, path]) => !isWithin(path, home)).map(([setting, path]) => `${setting} (${path})`)
}

/** How long another backup into the same folder is waited for. */
const lockMs = 1_000

/** Backs up everything that the settings name into a folder, while it may be in use. */
export async function backUp(config: Config, folder: string, force: boolean): Promise<MadeBackup> {
  await requireApart(folder, config.home)
  await using records = await openRecords(config)
  const { folder: stored } = await blobsOf(config)
  const { store, blobs, places, ledger } = records
  const { file, identity } = ledger
  const left = [
    ...passing.map((name) => join(config.home, name)),
    ...(file === null ? [] : ledgerFiles(file)),
    ...(stored === null ? [] : [stored]),
  ]
  const source = {
    ...{ home: config.home, store, blobs, identity, left: new Set(left), version },
    copyLedger: file === null ? null : (to: string) => copyLedger(file, to),
  }
  await translating(folder, () => prepareBackup(folder))
  const target = { folder, blobs: blobsIn(folder), force }
  const made = await translating(folder, () =>
    withFileLock(join(folder, lockName), lockMs, () => makeBackup(source, target)),
  )
  return { ...made, places, elsewhere: elsewhereOf(config) }
}

export const checkBackup = (folder: string): Promise<Verified> =>
  translating(folder, () => verifyBackup(folder, blobsIn(folder)))

/** Puts a backup where the settings say that everything is kept. */
export async function restore(config: Config, folder: string, force: boolean): Promise<Verified> {
  const { home, databaseUrl, blobsUrl } = config
  const target = {
    ...{ home, force, ledgerFile: await ledgerFileOf(databaseUrl, home) },
    openBlobs: async () => (await openBlobs(blobsUrl, home)).store,
  }
  return translating(folder, () => restoreBackup({ folder, blobs: blobsIn(folder) }, target))
}
