import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Job } from '../core/jobs.ts'
import type { Ledger } from '../core/ledger.ts'
import { sampleResult, sampleWork } from './samples.case.ts'
import { openSqliteLedger } from './sqlite.ts'

const canary = 'canary-4711'

let folder: string
let file: string
let ledger: Ledger
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-erasing-'))
  file = join(folder, 'ledger.sqlite')
  ledger = await openSqliteLedger(file)
  await ledger.openBatch('b')
})
afterEach(async () => {
  await ledger.close()
  await rm(folder, { recursive: true })
})

async function filesWith(text: string): Promise<string[]> {
  const names = await readdir(folder)
  const contents = await Promise.all(names.map((name) => readFile(join(folder, name))))
  return names.filter((_, i) => contents[i]!.includes(text))
}

/** A document with the name in everything that is kept of it, also in what is longer than a page. */
async function review(place: number, name: string): Promise<Job> {
  const key = `key of ${name}`
  const type = { name: 'mine', file: `/home/${name}/type.ts`, hash: name }
  const job = await ledger.submit('b', place, `${name}.png`, sampleWork(key, { type, pipeline: name }))
  const lease = await ledger.lease(key)
  const error = { code: 'E_LOW_CONFIDENCE', message: `${name} is hard to read.`, retryable: false } as const
  const data = { lines: Array.from({ length: 500 }, () => name) }
  await ledger.finish(key, lease!.token, 'needs_review', sampleResult({ data, error }))
  const at = new Date().toISOString()
  await ledger.correct([{ jobId: job.id, field: '/total', before: name, after: name, by: name, at }])
  await ledger.closeReview(job.id, { status: 'reviewed', by: name })
  return job
}

test('nothing of a deleted document is left in any file', async () => {
  for (let place = 0; place < 10; place++) await review(place, `other ${place}`)
  const { id } = await review(10, canary)
  for (let place = 11; place < 20; place++) await review(place, `other ${place}`)
  expect(await filesWith(canary)).not.toEqual([])
  expect(await ledger.delete(id)).not.toBeNull()
  expect(await filesWith(canary)).toEqual([])
  expect(await filesWith(id)).toEqual([])
  expect(await filesWith('other 10')).toEqual([])
  expect(await filesWith('other 11')).not.toEqual([])
})

test('nothing of a deleted document is left where another process has the ledger open', async () => {
  const other = await openSqliteLedger(file)
  const { id } = await review(0, canary)
  expect(await other.list({})).toHaveLength(1)
  await other.submit('b', 1, 'other.png', sampleWork('other'))
  await ledger.delete(id)
  expect(await filesWith(canary)).toEqual([])
  expect((await other.list({})).map(({ key }) => key)).toEqual(['other'])
  await other.close()
})

test('what a process that reads on keeps in the journal goes with the next deletion', async () => {
  const { id } = await review(0, canary)
  const next = await ledger.submit('b', 1, 'next.png', sampleWork('next'))
  const reading = new Database(file)
  reading.exec('BEGIN')
  expect(reading.prepare('SELECT id FROM jobs').all()).toHaveLength(2)
  expect(await ledger.delete(id)).not.toBeNull()
  expect(await ledger.get(id)).toBeNull()
  expect(await filesWith(canary)).not.toEqual([])
  reading.exec('COMMIT')
  reading.close()
  await ledger.delete(next.id)
  expect(await filesWith(canary)).toEqual([])
}, 30_000)

test('compacting leaves behind what was deleted without being overwritten', async () => {
  const { id } = await review(0, 'kept')
  const careless = new Database(file)
  careless.exec(`
    PRAGMA secure_delete = OFF;
    INSERT INTO batches (id, created_at) VALUES ('${canary}', '2026-01-01T00:00:00.000Z');
    PRAGMA wal_checkpoint(TRUNCATE);
    DELETE FROM batches WHERE id = '${canary}';
    PRAGMA wal_checkpoint(TRUNCATE);
  `)
  careless.close()
  expect(await filesWith(canary)).toEqual(['ledger.sqlite'])
  await ledger.compact()
  expect(await filesWith(canary)).toEqual([])
  expect(await ledger.get(id)).toMatchObject({ status: 'reviewed', reviewedBy: 'kept' })
})
