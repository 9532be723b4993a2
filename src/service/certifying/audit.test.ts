import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JobStore } from '../../core/job-store.ts'
import { sampleResult, sampleWork } from '../../stores/samples.case.ts'
import { openSqliteLedger } from '../../stores/sqlite.ts'
import { sampleCertificate, sampleProof } from '../../trust/certificate.case.ts'
import { withAudit } from '../judging/audit-draw.ts'
import { audit } from './audit.ts'

let folder: string
let store: JobStore
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'))
  store = await openSqliteLedger(join(folder, 'ledger.sqlite'))
  await store.openBatch('b')
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const proven = sampleProof()
const certificate = sampleCertificate()

/** A document that was accepted and drawn, then reviewed with these corrections. */
async function reviewed(key: string, position: number, after?: number, share = 1): Promise<void> {
  const { id } = await store.submit('b', position, `${key}.jpg`, sampleWork(key))
  const lease = await store.lease(key)
  const result = withAudit(sampleResult(), key, share)
  if (lease) await store.finish(key, lease.token, result.verdict, result)
  if (result.verdict === 'accepted') return
  const at = new Date().toISOString()
  if (after !== undefined)
    await store.correct([{ jobId: id, field: '/total', before: 9, after, by: 'me', at }])
  await store.closeReview(id, { status: 'reviewed', by: 'me' })
}

test('of accepted documents those that are drawn go to a person, flagged as nothing else', () => {
  expect(withAudit(sampleResult(), 'k', 0)).toMatchObject({ verdict: 'accepted', flags: [] })
  expect(withAudit(sampleResult(), 'k', 1)).toMatchObject({
    verdict: 'needs_review',
    flags: [{ code: 'AUDIT' }],
  })
  const flagged = sampleResult({ verdict: 'needs_review' })
  expect(withAudit(flagged, 'k', 1)).toBe(flagged)
})

test('audited values are counted in the certificate, each document once', async () => {
  await reviewed('a', 0)
  await reviewed('a', 1)
  await reviewed('c', 2, 8)
  await reviewed('d', 3, 9)
  await reviewed('e', 4, undefined, 0)
  const { certificate: held, documents } = await audit(store, certificate)
  expect(documents).toBe(3)
  expect(held.fields['/total']).toMatchObject({ ...proven, audited: 3, audit: { errors: 1 }, void: false })
})

test.each([
  ['two documents, both wrong', 2, 2],
  ['nine documents, four wrong', 9, 4],
])('is void after %s', async (_, count, wrong) => {
  for (let i = 0; i < count; i++) await reviewed(`k${i}`, i, i < wrong ? 8 : undefined)
  const { certificate: held } = await audit(store, certificate)
  expect(held.fields['/total']).toMatchObject({ audited: count, audit: { errors: wrong }, void: true })
})

test('says how many of the drawn documents wait', async () => {
  await reviewed('a', 0)
  for (const [key, share] of [['b', 1], ['c', 1], ['d', 0]] as const) {
    await store.submit('b', Number.parseInt(key, 36), `${key}.jpg`, sampleWork(key))
    const lease = await store.lease(key)
    const result = withAudit(sampleResult(), key, share)
    await store.finish(key, lease!.token, result.verdict, result)
  } // prettier-ignore
  expect(await audit(store, certificate)).toMatchObject({ documents: 1, waiting: 2 })
})

test('documents of other engines, and those reviewed before, say nothing', async () => {
  await reviewed('a', 0, 8)
  expect((await audit(store, { ...certificate, models: ['other@1'] })).documents).toBe(0)
  expect((await audit(store, { ...certificate, madeAt: '2999-01-01T00:00:00.000Z' })).documents).toBe(0)
})
