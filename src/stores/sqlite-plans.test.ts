import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, type CompiledQuery } from 'kysely'
import Database from 'libsql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Job } from '../core/jobs.ts'
import type { Ledger } from '../core/ledger.ts'
import type { LedgerTables } from './ledger-tables.ts'
import { sampleResult, sampleWork } from './samples.case.ts'
import { sqlLedger } from './sql-ledger.ts'
import { openSqliteLedger, sqliteDialect, sqliteVariant } from './sqlite.ts'

// How SQLite goes about what a page of jobs, a review or a callback asks for: never through a whole table, never sorting it.

let folder: string
let ledger: Ledger
let explaining: Database.Database
let queries: CompiledQuery[] = []
let job: Job

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-plans-'))
  const file = join(folder, 'ledger.sqlite')
  await (await openSqliteLedger(file)).close()
  const db = new Kysely<LedgerTables>({
    dialect: sqliteDialect(new Database(file), file),
    log: ({ query }) => void queries.push(query),
  })
  ledger = sqlLedger(db, { ...sqliteVariant, wipe: async () => {}, compact: async () => {} })
  explaining = new Database(file)
  await ledger.openBatch('b')
  job = await ledger.submit('b', 0, 'a.png', sampleWork('k'))
  const lease = await ledger.lease('k')
  await ledger.finish('k', lease!.token, 'needs_review', sampleResult())
  await ledger.submit('b', 1, 'b.png', sampleWork('waiting'))
})

afterAll(async () => {
  explaining.close()
  await ledger.close()
  await rm(folder, { recursive: true })
})

async function plansOf(use: () => Promise<unknown>): Promise<string[]> {
  queries = []
  await use()
  return queries
    .filter(({ sql }) => /^(with|select|update|delete)/i.test(sql))
    .flatMap(({ sql, parameters }) => explaining.prepare(`EXPLAIN QUERY PLAN ${sql}`).all([...parameters]))
    .map((row) => (row as { detail: string }).detail)
}

/** Part of a table, in the order of an index, a table of which the index says all, or the tenants found step by step. */
const isCheap = (step: string): boolean =>
  !/^SCAN (?!part\b|waiting\b)(?!\w+ USING COVERING INDEX)|TEMP B-TREE/.test(step)

test.each<[string, string, () => Promise<unknown>]>([
  ['the list', 'jobs_place_of_all', () => ledger.list({ after: job.id })],
  ['the list of a tenant', 'jobs_tenant', () => ledger.list({ tenant: 'local', after: job.id })],
  ['the list of a state', 'jobs_status', () => ledger.list({ status: ['failed'], after: job.id })],
  [
    'the list of a tenant and a state',
    'jobs_tenant_status',
    () => ledger.list({ tenant: 'local', status: ['failed'], after: job.id }),
  ],
  ['the list of a batch', 'batch_id=? AND position>?', () => ledger.list({ batchId: 'b', after: job.id })],
  [
    'the list of a batch, a tenant and a state',
    'jobs_batch_status',
    () => ledger.list({ tenant: 'local', batchId: 'b', status: ['failed'], after: job.id }),
  ],
  ['the counts', 'COVERING INDEX jobs_status', () => ledger.counts()],
  ['the counts of a tenant', 'COVERING INDEX jobs_tenant_status', () => ledger.counts({ tenant: 'local' })],
  [
    'the counts of a batch',
    'COVERING INDEX jobs_batch_status',
    () => ledger.counts({ tenant: 'local', batchId: 'b' }),
  ],
  ['the batches', 'batches_created', () => ledger.batches({ after: 'b' })],
  ['the batches of a tenant', 'batches_tenant', () => ledger.batches({ tenant: 'local', after: 'b' })],
  ['the review queue', 'jobs_review', () => ledger.reviewQueue({})],
  ['the review queue of a tenant', 'jobs_tenant_review', () => ledger.reviewQueue({ tenant: 'local' })],
  [
    'a hold',
    'jobs_tenant_review',
    () => ledger.holdReview('ann', '2100-01-01T00:00:00.000Z', { tenant: 'local', not: 'x' }),
  ],
  ['what is held', 'jobs_held', () => ledger.holdReview('ann', '2100-01-01T00:00:00.000Z', {})],
  ['what has ended', 'jobs_ended', () => ledger.endedBefore('2100-01-01T00:00:00.000Z', 100)],
  ['whose turn it is', 'jobs_turn', () => ledger.turns(100)],
  ['what was abandoned', 'jobs_status', () => ledger.abandoned('2100-01-01T00:00:00.000Z', 100)],
  ['how much of a tenant waits', 'jobs_tenant_status', () => ledger.countQueued('local')],
  ['callbacks', 'batches_due', () => ledger.callbacks.take('2100', '2101', 100)],
  ['a key', 'hash=?', () => ledger.keys.find('hash')],
  ['whether a blob is needed', 'works_templates', () => ledger.needs('blob')],
  ['which blobs are needed', 'COVERING INDEX works_blob', () => ledger.neededBlobs('ab')],
  ['who needs a blob', 'works_templates', () => ledger.jobsWith('blob', 1)],
  ['a deletion', 'works_blob', () => ledger.delete(job.id)],
])('%s is read through an index (%s)', async (_, index, use) => {
  const steps = await plansOf(use)
  expect(steps.join('\n')).toContain(index)
  expect(steps.filter((step) => !isCheap(step))).toEqual([])
})

test('the list of several states takes the first of each', async () => {
  const steps = await plansOf(() => ledger.list({ tenant: 'local', status: ['failed', 'queued'] }))
  const ofJobs = steps.filter((step) => /INDEX|TABLE/.test(step))
  expect(ofJobs).toHaveLength(2)
  for (const step of ofJobs) expect(step).toContain('jobs_tenant_status (tenant=? AND status=?)')
})
