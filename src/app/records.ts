import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { BlobStore } from '../core/blob-store.ts'
import type { Ledger } from '../core/ledger.ts'
import { prepareDataFolder } from '../service/health/data-folder.ts'
import { fileBlobs } from '../stores/file-blobs.ts'
import type { SqliteOptions } from '../stores/sqlite.ts'

// Reading a page needs no SQLite, which takes long to load.
const loadSqlite = () => import('../stores/sqlite.ts')

export interface Records extends AsyncDisposable {
  readonly store: Ledger
  readonly blobs: BlobStore
}

/** The ledger and the blobs of the data folder; no queue. */
export async function openRecords(config: Config, options: SqliteOptions = {}): Promise<Records> {
  const { openSqliteLedger } = await loadSqlite()
  const store = await openSqliteLedger(join(config.home, 'ledger.sqlite'), options)
  const blobs = fileBlobs(join(config.home, 'blobs'))
  return { store, blobs, [Symbol.asyncDispose]: () => store.close() }
}

/** Records in a data folder that can be worked in; E_STORAGE says what helps where it cannot. */
export async function openWorkplace(config: Config, options?: SqliteOptions): Promise<Records> {
  await prepareDataFolder(config.home)
  return openRecords(config, options)
}
