import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { batchSchema, jobPageSchema, jobSchema, resultAnswerSchema } from '../contract/jobs.ts'
import { nextReviewSchema, reviewQueueSchema } from '../contract/review.ts'
import type { Job } from '../core/jobs.ts'
import { tenantMetrics } from '../service/results/tenant-metrics.ts'
import { batchResults } from '../service/submitting/batch.ts'
import { seed } from './review.case.ts'
import { answerOf, codeOf, openTestService, type TestService } from './service.case.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

// What of one document is damaged in the ledger is told of that document, and of no other.

let at: TestService
let victim: Job
let good: Job
beforeAll(async () => void (at = await openTestService()))
afterAll(() => at[Symbol.asyncDispose]())
beforeEach(async () => {
  for (const { id } of await at.service.store.list({})) await at.service.store.delete(id)
  ;[victim, good] = [await seed(at.service, { file: 'victim.jpg' }), await seed(at.service, { position: 1 })]
})

function damage(statement: string): void {
  const database = new Database(join(at.home, 'ledger.sqlite'))
  database.exec(`PRAGMA foreign_keys = OFF; ${statement}`)
  database.close()
}

const post = (path: string, body: object = {}) =>
  at.send(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

const linesOf = async (path: string): Promise<string[]> =>
  (await (await at.send(path)).text()).split('\n').filter(Boolean)

/** All that tells of many documents; answers how they tell of the damaged one. */
async function expectOthersWell(): Promise<void> {
  await answerOf(at.send('/v1/jobs'), 200, jobPageSchema)
  expect(await answerOf(at.send(`/v1/jobs/${good.id}`), 200, jobSchema)).toMatchObject({
    status: 'needs_review',
  })
  await answerOf(at.send(`/v1/jobs/${good.id}/result`), 200, resultAnswerSchema)
  const { items } = await answerOf(at.send('/v1/review'), 200, reviewQueueSchema)
  expect(items.map(({ job }) => job.id)).toEqual([good.id])
  const next = await answerOf(post('/v1/review/next'), 200, nextReviewSchema)
  expect(next.job?.id).toBe(good.id)
  expect((await at.send(`/v1/review/${good.id}`)).status).toBe(200)
  expect(await tenantMetrics(at.service.store)('local')).toContain('parallax')
  expect((await at.send('/v1/batches/batch-of-local/report')).status).toBe(200)
  await answerOf(at.send('/v1/batches/batch-of-local'), 200, batchSchema)
  await at.service.admission.requireRoom('local')
}

/** In every export there is a failed row for it, beside the good one. */
async function expectFailedRow(): Promise<void> {
  const failed = { file: 'victim.jpg', verdict: 'failed', error: { code: 'E_DAMAGED' } }
  const rows = (await linesOf('/v1/exports')).map((line) => JSON.parse(line) as object)
  expect(rows).toMatchObject([
    { ...failed, status: 'failed' },
    { file: 'taxi.jpg', error: null },
  ])
  const table = await linesOf('/v1/exports?format=csv')
  expect(table.join('\n')).toMatch(/"victim.jpg","failed","E_DAMAGED"/)
  expect(table.join('\n')).toMatch(/"taxi.jpg","needs_review",,/)
  const ofBatch = []
  for await (const result of batchResults(at.service.store, 'batch-of-local')) ofBatch.push(result)
  expect(ofBatch).toMatchObject([failed, { file: 'taxi.jpg' }])
}

test.each([
  ['result', `UPDATE results SET result = substr(result, 1, 99)`],
  ['result', `UPDATE results SET result = replace(result, '9', '8')`],
  ['result', `UPDATE results SET result = CAST(x'7bc328' AS TEXT)`],
  ['result', `UPDATE results SET status = 'accepted'`],
  ['job', `UPDATE jobs SET status = 'lost'`],
  ['job', `UPDATE jobs SET urgency = 'x'`],
])('a damaged %s (%s) is told, and read again', async (what, statement) => {
  const { key } = victim
  damage(`${statement} WHERE key = '${key}'`)
  await expectOthersWell()
  await expectFailedRow()
  const refused = await at.send(`/v1/jobs/${victim.id}/result`)
  expect(refused.status).toBe(500)
  expect(await refused.text()).toContain(`parallax jobs retry ${victim.id}`)
  expect(await codeOf(at.send(`/v1/review/${victim.id}`))).toMatch(/E_DAMAGED/)
  const { status } = await answerOf(post(`/v1/jobs/${victim.id}/retry`), 200, jobSchema)
  expect(status).toBe(what === 'job' && statement.includes('urgency') ? 'needs_review' : 'queued')
})

test('of damaged work the result stays good, and nothing else stops', async () => {
  damage(`UPDATE works SET type_name = CAST(x'ff' AS TEXT) WHERE key = '${victim.key}'`)
  expect((await linesOf('/v1/exports')).length).toBe(2)
  expect((await linesOf('/v1/exports?format=csv')).length).toBeGreaterThan(1)
  expect((await at.send('/v1/batches/batch-of-local/report')).status).toBe(200)
  const refused = await at.send(`/v1/jobs/${victim.id}/pages/1`)
  expect(refused.status).toBe(500)
  expect(await refused.text()).toContain('Submit the file again')
})

test('where nothing but damage is left, a table still has a line for it', async () => {
  await at.service.store.delete(good.id)
  damage(`UPDATE works SET type_name = ''; UPDATE results SET result = ''`)
  const [header, ...lines] = await linesOf('/v1/exports?format=csv')
  expect(header).toContain('"file"')
  expect(lines).toEqual([expect.stringContaining('"victim.jpg","failed","E_DAMAGED"')])
})

test('a damaged key is not good, and others are', async () => {
  const [one, other] = [await at.key('admin', 'local'), await at.key('submitter', 'local')]
  damage(`UPDATE keys SET tenant = 'other' WHERE name = 'admin of local'`)
  expect(await codeOf(at.send('/v1/jobs', {}, one))).toBe('E_AUTH')
  expect((await at.send('/v1/jobs', {}, other)).status).toBe(200)
  damage(`UPDATE keys SET role = 'god'`)
  expect(await codeOf(at.send('/v1/jobs'))).toBe('E_AUTH')
})
