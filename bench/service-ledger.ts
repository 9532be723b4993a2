import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Kysely, type Insertable, type Transaction } from 'kysely'
import Database from 'libsql'
import { openRecords } from '../src/app/records.ts'
import type { Config } from '../src/config.ts'
import { localTenant } from '../src/core/jobs.ts'
import { newJobId } from '../src/stores/job-id.ts'
import type { LedgerTables } from '../src/stores/ledger-tables.ts'
import { withSeal } from '../src/stores/seals.ts'
import { sqliteDialect } from '../src/stores/sqlite.ts'

/** Jobs of one batch. */
const batchSize = 100

/** What can be asked for in a ledger that was filled, over all its length. */
export interface Filled {
  readonly batches: readonly string[]
  readonly jobs: readonly string[]
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const at = (i: number): string => new Date(Date.UTC(2026, 0, 1) + i).toISOString()

const workOf = (key: string): Insertable<LedgerTables['works']> =>
  withSeal('works', {
    key,
    blob: key,
    type_name: 'receipt',
    type_file: null,
    type_hash: sha256('receipt'),
    route: 'modular',
    ocr: 'pp-ocr',
    vlm: 'onnx',
    pipeline: 'bench',
    templates: null,
    token: null,
    attempts: null,
    deaths: 0,
    left_by: null,
    touched_at: null,
    attempts_seal: null,
  })

function jobOf(i: number, key: string): Insertable<LedgerTables['jobs']> {
  const opened = Math.floor(i / batchSize) * batchSize
  return withSeal('jobs', {
    id: newJobId(),
    batch_id: `bench-${opened}`,
    tenant: localTenant,
    opened_at: at(opened),
    priority: 0,
    position: i % batchSize,
    file: `page-${i}.jpg`,
    key,
    status: i % 5 === 0 ? 'needs_review' : 'accepted',
    error: null,
    urgency: 0,
    skipped: 0,
    held_by: null,
    held_until: null,
    reviewed_by: null,
    created_at: at(i),
    updated_at: at(i),
  })
}

async function addBatch(
  tx: Transaction<LedgerTables>,
  from: number,
  size: number,
): Promise<readonly string[]> {
  const jobs = Array.from({ length: size }, (_, i) => jobOf(from + i, sha256(`document ${from + i}`)))
  const unsaid = {
    request: null,
    priority: 0,
    callback: null,
    callback_due_at: null,
    callback_settled_at: null,
  }
  await tx
    .insertInto('batches')
    .values(
      withSeal('batches', {
        id: `bench-${from}`,
        tenant: localTenant,
        ...unsaid,
        callback_attempts: 0,
        callback_again: 0,
        ...{ name: null, reference: null, metadata: null },
        callback_failure: null,
        created_at: at(from),
      }),
    )
    .execute()
  await tx
    .insertInto('works')
    .values(jobs.map(({ key }) => workOf(key)))
    .execute()
  await tx.insertInto('jobs').values(jobs).execute()
  return jobs.map(({ id }) => id)
}

/** Fills the ledger of a data folder with jobs that have ended, in batches of a hundred, past all that submitting does. */
export async function fillLedger(config: Config, count: number): Promise<Filled> {
  await (await openRecords(config))[Symbol.asyncDispose]() // Makes its tables.
  const file = join(config.home, 'ledger.sqlite')
  const db = new Kysely<LedgerTables>({ dialect: sqliteDialect(new Database(file), file) })
  try {
    return await db.transaction().execute(async (tx) => {
      const jobs: string[] = []
      for (let from = 0; from < count; from += batchSize)
        jobs.push(...(await addBatch(tx, from, Math.min(batchSize, count - from))))
      const batches = Array.from({ length: Math.ceil(count / batchSize) }, (_, i) => `bench-${i * batchSize}`)
      return { batches, jobs }
    })
  } finally {
    await db.destroy()
  }
}
