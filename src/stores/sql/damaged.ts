import type { Selectable } from 'kysely'
import type { DamagedRow } from '../../core/jobs.ts'
import { unfinished } from '../../core/jobs.ts'
import { damagedJob } from '../damage.ts'
import {
  soundBatch,
  soundLease,
  soundCorrection,
  soundDecision,
  soundJob,
  soundKey,
  soundResult,
  soundWork,
} from '../ledger-rows.ts'
import type { Database, LedgerTables, Tx } from '../ledger-tables.ts'
import type { RowPages } from '../row-pages.ts'
import { withSeal, type SealedTable } from '../seals.ts'
import { beginAnew } from './begin-anew.ts'
import { jobRow } from './change-jobs.ts'
import { now } from './clock.ts'
import { standsOnResult } from './standing.ts'
import { failDamaged, jobOf } from './store-result.ts'

type Row<T extends SealedTable> = Selectable<LedgerTables[T]>

/** Every row of a table that `find` makes something of. */
async function* found<T extends SealedTable>(
  pages: RowPages,
  db: Database,
  table: T,
  find: (row: Row<T>) => Promise<DamagedRow | null>,
): AsyncIterable<DamagedRow> {
  for await (const rows of pages(db, table)) {
    for (const row of rows) {
      const damage = await find(row)
      if (damage) yield damage
    }
  }
}

const damagedWorks = (db: Database, pages: RowPages): AsyncIterable<DamagedRow> =>
  found(pages, db, 'works', async (row) => {
    if (soundLease({ ...row, token: row.token ?? 'none' })) return null
    return { what: soundWork(row) ? 'attempts' : 'work', id: await jobOf(db, row.key) }
  })

export async function hasDamagedWork(db: Database, pages: RowPages): Promise<boolean> {
  for await (const { what } of damagedWorks(db, pages)) if (what === 'work') return true
  return false
}

export async function* damaged(db: Database, pages: RowPages): AsyncIterable<DamagedRow> {
  yield* damagedWorks(db, pages)
  yield* found(pages, db, 'results', async (row) =>
    soundResult(row) ? null : { what: 'result', id: await jobOf(db, row.key) },
  )
  yield* found(pages, db, 'jobs', async (row) => (soundJob(row) ? null : { what: 'job', id: row.id }))
  yield* found(pages, db, 'corrections', async (row) =>
    soundCorrection(row) ? null : { what: 'corrections', id: row.job_id },
  )
  yield* found(pages, db, 'decisions', async (row) =>
    soundDecision(row) ? null : { what: 'decisions', id: row.job_id },
  )
  yield* found(pages, db, 'batches', async (row) => (soundBatch(row) ? null : { what: 'batch', id: row.id }))
  yield* found(pages, db, 'keys', async (row) => (soundKey(row) ? null : { what: 'key', id: row.id }))
}

type Mend = (tx: Tx, id: string) => Promise<boolean>

const nobodyCan: Mend = async () => false

const mends: Readonly<Record<DamagedRow['what'], Mend>> = {
  work: nobodyCan,
  corrections: nobodyCan,

  async attempts(tx, id) {
    const job = await jobRow(tx, id)
    if (!job) return false
    await tx
      .updateTable('works')
      .set({ attempts: null, attempts_seal: null, deaths: 0 })
      .where('key', '=', job.key)
      .execute()
    return true
  },

  async result(tx, id) {
    const job = await jobRow(tx, id)
    if (!job) return false
    await failDamaged(tx, job.key, [...unfinished, ...standsOnResult, 'failed', 'quarantined'])
    return true
  },

  async job(tx, id) {
    const row = await jobRow(tx, id)
    if (!row) return false
    const error = JSON.stringify(damagedJob(id).toReport())
    await beginAnew(tx, row, { status: 'failed', error, urgency: 0 })
    return true
  },

  /** By forgetting those that are damaged: where the job stands is told by the job. */
  async decisions(tx, id) {
    const rows = await tx.selectFrom('decisions').selectAll().where('job_id', '=', id).execute()
    for (const { sequence } of rows.filter((row) => soundDecision(row) === null))
      await tx.deleteFrom('decisions').where('job_id', '=', id).where('sequence', '=', sequence).execute()
    return true
  },

  /** From its jobs; nobody is called back. */
  async batch(tx, id) {
    const jobs = await tx.selectFrom('jobs').selectAll().where('batch_id', '=', id).execute()
    const sound = jobs.find((row) => soundJob(row) !== null)
    if (!sound) return false
    const { tenant, opened_at: created_at } = sound
    const unsaid = { callback: null, request: null, name: null, reference: null, metadata: null }
    const details = { id, tenant, created_at, ...unsaid }
    await tx
      .updateTable('batches')
      .set({ ...withSeal('batches', details), callback_due_at: null })
      .where('id', '=', id)
      .execute()
    return true
  },

  /** By revoking it: nobody knows whose it was. */
  async key(tx, id) {
    const row = await tx.selectFrom('keys').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) return false
    const revoked = { ...row, role: 'submitter', created_at: now(), revoked_at: now() }
    await tx.updateTable('keys').set(withSeal('keys', revoked)).where('id', '=', id).execute()
    return true
  },
}

export const mend = (tx: Tx, { what, id }: DamagedRow): Promise<boolean> => mends[what](tx, id)
