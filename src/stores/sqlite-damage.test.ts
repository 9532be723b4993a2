import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DamagedRow, Job } from '../core/jobs.ts'
import type { Ledger } from '../core/ledger.ts'
import { code, failedAttempt, later } from './ledger.case.ts'
import { sampleResult, sampleWork } from './samples.case.ts'
import { openSqliteLedger } from './sqlite.ts'

// One damaged row among good ones: it is told of, and harms nothing else.

let folder: string
let file: string
let ledger: Ledger
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-damage-'))
  file = join(folder, 'ledger.sqlite')
  ledger = await openSqliteLedger(file)
})
afterEach(async () => {
  await ledger.close()
  await rm(folder, { recursive: true })
})

const price = { total: 15.96 }
function damage(statement: string): void {
  const database = new Database(file)
  database.exec(`PRAGMA foreign_keys = OFF; ${statement}`)
  database.close()
}

async function submit(key: string): Promise<Job> {
  await ledger.openBatch(key, { callback: `https://${key}.test` })
  return ledger.submit(key, 0, `${key}.png`, sampleWork(key, { templates: 'f'.repeat(64) }))
}

async function finish(key: string, status: 'accepted' | 'needs_review' = 'needs_review'): Promise<void> {
  const lease = await ledger.lease(key, later())
  await ledger.finish(key, lease!.token, status, sampleResult({ data: price, verdict: status }))
}

/** Two documents that were read and corrected, one of which waits for a review; and two keys. */
async function fill(): Promise<Record<'victim' | 'good', Job>> {
  const [victim, good] = [await submit('victim'), await submit('good')]
  for (const { id, key } of [victim, good]) {
    await finish(key)
    const correction = { jobId: id, field: '/total', before: 15.96, after: 1, by: 'ann' } as const
    await ledger.correct([{ ...correction, at: new Date().toISOString() }])
    const access = { id: key, tenant: 'local', name: key, role: 'submitter', hash: key } as const
    await ledger.keys.add({ ...access, createdAt: new Date().toISOString(), revokedAt: null })
  }
  return { victim, good }
}

/** All that is told of the good document, or of all documents without naming one; none of it may reject. */
async function surroundings({ good }: { good: Job }): Promise<unknown> {
  const onlyGood = <T extends { id: string }>(rows: readonly T[]): T[] =>
    rows.filter(({ id }) => id === good.id)
  const counts = await ledger.counts()
  const calls = await ledger.callbacks.take('2100', '2000', 10)
  return {
    job: await ledger.get(good.id),
    listed: onlyGood(await ledger.list({})),
    ofBatch: await ledger.list({ batchId: 'good' }),
    queue: onlyGood(await ledger.reviewQueue({})),
    ended: onlyGood(await ledger.endedBefore('2100', 10)),
    total: Object.values(counts).reduce((a, b) => a + b),
    result: await ledger.result('good'),
    work: await ledger.work('good'),
    corrections: await ledger.corrections(good.id),
    batch: await ledger.batch('good'),
    batches: (await ledger.batches({})).filter(({ id }) => id === 'good'),
    callbacks: calls.filter(({ batch }) => batch.id === 'good').map(({ url }) => url),
    turns: (await ledger.turns(10)).flatMap(({ keys }) => keys).filter((key) => key === 'good'),
    abandoned: (await ledger.abandoned('2100', 10)).filter((key) => key === 'good'),
    key: await ledger.keys.find('good'),
    keys: (await ledger.keys.list()).filter(({ id }) => id === 'good'),
    templates: await ledger.neededBlobs('ff'),
  }
}

async function damagedRows(): Promise<DamagedRow[]> {
  const rows: DamagedRow[] = []
  for await (const row of ledger.damaged()) rows.push(row)
  return rows
}

const sealedColumns = {
  works: 'blob type_name type_file type_hash route ocr vlm pipeline templates',
  results: 'status error urgency result created_at',
  jobs: 'batch_id tenant opened_at position file status error urgency reviewed_by created_at',
  corrections: 'sequence field before after corrected_by corrected_at',
  keys: 'tenant name role created_at',
  batches: 'tenant callback request created_at',
} as const

const looseColumns = {
  works: 'token deaths left_by touched_at',
  jobs: 'skipped held_by held_until',
  batches: 'callback_due_at callback_attempts callback_settled_at callback_failure',
} as const

const nameOf = { works: 'key', results: 'key', jobs: 'id', corrections: 'job_id', keys: 'id', batches: 'id' }

/** Torn, of another kind, of another time, no text at all, and what looks good but is not what was written. */
const values = [`'{"a'`, '-7', `'accepted'`, `CAST(x'c328' AS TEXT)`, `x'00ff'`, `'1999-01-01T00:00:00.000Z'`]

type Damage = readonly [table: keyof typeof nameOf, column: string, value: string]

const casesOf = (columns: Readonly<Partial<Record<keyof typeof nameOf, string>>>): Damage[] =>
  Object.entries(columns).flatMap(([table, names]) =>
    names.split(' ').map((column, i): Damage => {
      return [table as keyof typeof nameOf, column, values[(i + column.length) % values.length]!]
    }),
  )

function damageVictim([table, column, value]: Damage, { victim }: { victim: Job }): void {
  const name = nameOf[table]
  const is = ['jobs', 'corrections'].includes(table) ? victim.id : 'victim'
  damage(`UPDATE ${table} SET ${column} = ${value} WHERE ${name} = '${is}'`)
}

describe('is told of, and what stands beside it is as it was', () => {
  test.each(casesOf(sealedColumns))('%s.%s = %s', async (...one) => {
    const jobs = await fill()
    const before = await surroundings(jobs)
    damageVictim(one, jobs)
    expect(await surroundings(jobs)).toEqual(before)
    const [damaged, ...others] = await damagedRows()
    const id = ['keys', 'batches'].includes(one[0]) ? 'victim' : jobs.victim.id
    expect(damaged).toMatchObject({ id })
    expect(others).toEqual([])
  })
})

describe('does no harm where it only says who does what just now', () => {
  test.each(casesOf(looseColumns))('%s.%s = %s', async (...one) => {
    const jobs = await fill()
    const before = await surroundings(jobs)
    damageVictim(one, jobs)
    expect(await surroundings(jobs)).toEqual(before)
    expect(await ledger.get(jobs.victim.id)).not.toBeNull()
  })
})

test.each([
  `status = 'lost'`,
  `status = 'accepted'`,
  `error = '{'`,
  `file = 'other.png'`,
  `tenant = 'acme'`,
  `updated_at = 'x'`,
  `position = 1e99`,
])('a job whose entry is damaged has failed (%s), and can be retried', async (change) => {
  const { victim } = await fill()
  damage(`UPDATE jobs SET ${change} WHERE id = '${victim.id}'`)
  const damaged = { id: victim.id, status: 'failed', error: { code: 'E_DAMAGED' } }
  expect(await ledger.get(victim.id)).toMatchObject(damaged)
  expect((await ledger.list({})).find(({ id }) => id === victim.id)).toMatchObject(damaged)
  expect(await ledger.holdReview('ann', later(), {})).toMatchObject({ key: 'good' })
  expect((await ledger.reviewQueue({})).map(({ key }) => key)).toEqual(['good'])
  expect(await ledger.cancel(victim.id)).toBe(false)
  expect(await ledger.closeReview(victim.id, { status: 'reviewed', by: 'ann' }).catch(() => false)).toBe(
    false,
  )
  expect(await ledger.retry(victim.id)).toBe(true)
  const again = (await ledger.get(victim.id))!
  expect(again).toMatchObject({ tenant: 'local', error: null })
  expect(['queued', 'needs_review', 'accepted']).toContain(again.status)
  expect(await damagedRows()).toEqual([])
})

test('states that nobody knows are counted as failed', async () => {
  await fill()
  damage(`UPDATE jobs SET status = 'lost' WHERE key = 'victim'`)
  expect(await ledger.counts()).toMatchObject({ failed: 1, needs_review: 1, queued: 0 })
})

test.each([
  `result = '{"version":1'`,
  `result = replace(result, '15.96', '99.96')`,
  `result = CAST(x'7bff7d' AS TEXT)`,
  `status = 'accepted'`,
  `error = '{"code":"E_NO_TEXT","message":"","retryable":false}'`,
  `key = key, urgency = 9`,
])('a damaged result (%s) is read again by all jobs that stood on it', async (change) => {
  const { victim } = await fill()
  const twin = await ledger.submit('good', 1, 'twin.png', sampleWork('victim'))
  damage(`UPDATE results SET ${change} WHERE key = 'victim'`)
  await expect(ledger.result('victim')).rejects.toMatchObject({
    code: 'E_DAMAGED',
    message: expect.stringMatching(RegExp(`parallax jobs retry (${victim.id}|${twin.id})`)),
  })
  expect(await ledger.holdReview('ann', later(), {})).toMatchObject({ key: 'good' })
  expect(await ledger.retry(victim.id)).toBe(true)
  for (const { id } of [victim, twin]) expect(await ledger.get(id)).toMatchObject({ status: 'queued' })
  expect(await ledger.result('victim')).toBeNull()
  await finish('victim')
  expect((await ledger.result('victim'))!.data).toEqual(price)
})

test('a submission of the same document drops a damaged result', async () => {
  await fill()
  damage(`UPDATE results SET result = '' WHERE key = 'victim'`)
  expect(await submit('victim')).toMatchObject({ status: 'queued' })
  expect(await ledger.submit('good', 1, 'a.png', sampleWork('victim'))).toMatchObject({ status: 'queued' })
})

test('an accepted job without damage is not retried', async () => {
  await submit('good')
  await finish('good', 'accepted')
  expect(await ledger.retry((await ledger.list({}))[0]!.id)).toBe(false)
})

test.each([
  ['attempts', `attempts = substr(attempts, 1, 9)`],
  ['attempts', `attempts = replace(attempts, 'It failed', 'It did not')`],
  ['attempts', `attempts = NULL`],
  ['attempts', `deaths = 'x'`],
  ['work', `blob = 'x'`],
  ['work', `pipeline = 'another'`],
])('work of which the %s is damaged ends as failed when it is leased (%s)', async (what, change) => {
  const job = await submit('victim')
  const first = await ledger.lease('victim')
  await ledger.reprocess('victim', first!.token, [failedAttempt])
  damage(`UPDATE works SET ${change}`)
  expect(await ledger.lease('victim')).toBeNull()
  expect(await ledger.get(job.id)).toMatchObject({ status: 'failed', error: { code: 'E_DAMAGED' } })
  expect([await ledger.turns(10), await ledger.abandoned('2100', 10)]).toEqual([[], []])
  if (what === 'attempts') expect(await ledger.retry(job.id)).toBe(true)
  else {
    await expect(ledger.work('victim')).rejects.toMatchObject({
      code: 'E_DAMAGED',
      message: expect.stringContaining('Submit the file again'),
    })
    expect(await submit('victim')).toMatchObject({ id: job.id, status: 'queued', error: null })
  }
  expect(await ledger.lease('victim')).toMatchObject({
    ...sampleWork('victim', { templates: 'f'.repeat(64) }),
    attempts: [],
  })
})

test('damaged corrections are told, and dropped by a retry', async () => {
  const { victim } = await fill()
  await ledger.closeReview(victim.id, { status: 'reviewed', by: 'ann' })
  damage(`UPDATE corrections SET after = '99' WHERE job_id = '${victim.id}'`)
  await expect(ledger.corrections(victim.id)).rejects.toEqual(code('E_DAMAGED'))
  expect(await ledger.retry(victim.id)).toBe(true)
  expect(await ledger.get(victim.id)).toMatchObject({ status: 'needs_review' })
  expect(await ledger.corrections(victim.id)).toEqual([])
})

test.each([`role = 'admin'`, `role = 'god'`, `tenant = 'acme'`, `created_at = ''`, `name = x'00ff'`])(
  'a damaged key (%s) opens nothing, and leaves the door closed',
  async (change) => {
    await fill()
    damage(`UPDATE keys SET ${change} WHERE id = 'victim'`)
    expect(await ledger.keys.find('victim')).toBeNull()
    expect(await ledger.keys.find('good')).toMatchObject({ id: 'good' })
    expect(await ledger.keys.list()).toHaveLength(2)
  },
)

test('a revoked key is not good again because somebody says so in the ledger', async () => {
  await fill()
  await ledger.keys.revoke('victim')
  damage(`UPDATE keys SET revoked_at = NULL`)
  expect(await ledger.keys.find('victim')).toBeNull()
})

test('a damaged batch is named, and nobody is called back for it', async () => {
  await fill()
  damage(`UPDATE batches SET callback = 'https://elsewhere.test' WHERE id = 'victim'`)
  await expect(ledger.batch('victim')).rejects.toMatchObject({
    code: 'E_DAMAGED',
    message: expect.stringContaining('batch victim'),
  })
  await expect(ledger.openBatch('victim')).rejects.toEqual(code('E_DAMAGED'))
  expect((await ledger.batches({})).map(({ id }) => id)).toEqual(['good'])
  expect((await ledger.callbacks.take('2100', '2101', 10)).map(({ batch }) => batch.id)).toEqual(['good'])
})

test.each<[string, string, boolean]>([
  ['job', `UPDATE jobs SET status = 'lost', position = 'x' WHERE key = 'victim'`, true],
  ['result', `UPDATE results SET result = '{' WHERE key = 'victim'`, true],
  ['batch', `UPDATE batches SET tenant = 'acme' WHERE id = 'victim'`, true],
  ['key', `UPDATE keys SET role = 'admin' WHERE id = 'victim'`, true],
  ['work', `UPDATE works SET blob = '' WHERE key = 'victim'`, false],
  ['corrections', `UPDATE corrections SET after = '' WHERE key = 'victim'`, false],
  ['decisions', `UPDATE decisions SET decided_by = 'eve' WHERE key = 'victim'`, true],
])('of a damaged %s is made what can be', async (what, statement, canBe) => {
  const { victim } = await fill()
  if (what === 'decisions') await ledger.closeReview(victim.id, { status: 'reviewed', by: 'ann' })
  damage(statement)
  const damaged = await damagedRows()
  expect(damaged).toMatchObject([{ what }])
  expect(await ledger.mend(damaged[0]!)).toBe(canBe)
  if (canBe) expect(await damagedRows()).toEqual([])
  if (what === 'job' || what === 'result') {
    expect(await ledger.get(victim.id)).toMatchObject({ status: 'failed', error: { code: 'E_DAMAGED' } })
    expect(await ledger.retry(victim.id)).toBe(true)
  }
  if (what === 'batch')
    expect(await ledger.batch('victim')).toMatchObject({ tenant: 'local', callback: null })
  if (what === 'key') expect(await ledger.keys.find('victim')).toBeNull()
})

test('a damaged job can be deleted', async () => {
  const { victim } = await fill()
  damage(`UPDATE jobs SET status = 'lost' WHERE id = '${victim.id}'`)
  expect(await ledger.delete(victim.id)).toEqual({ blobs: [sampleWork('victim').blob] })
  expect(await ledger.batch('victim')).toBeNull()
})
