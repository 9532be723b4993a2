import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { BlobStore } from '../../core/blob-store.ts'
import type { Ledger } from '../../core/ledger.ts'
import { fileBlobs } from '../../stores/file-blobs.ts'
import { openSqliteLedger } from '../../stores/sqlite.ts'

/** A data folder of a test. */
export interface TestRecords {
  home: string
  store: Ledger
  blobs: BlobStore
}

/** Gives every test of a file a data folder of its own, with the open batch `b`. */
export function testRecords(): TestRecords {
  const records = {} as TestRecords
  beforeEach(async () => {
    const home = await mkdtemp(join(tmpdir(), 'parallax-records-'))
    const store = await openSqliteLedger(join(home, 'ledger.sqlite'))
    Object.assign(records, { home, store, blobs: fileBlobs(join(home, 'blobs')) })
    await store.openBatch('b')
  })
  afterEach(async () => {
    await records.store.close()
    await rm(records.home, { recursive: true })
  })
  return records
}
