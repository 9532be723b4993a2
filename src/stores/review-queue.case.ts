import { describe, expect, test } from 'vitest'
import type { Job } from '../core/jobs.ts'
import { earlier, failedResult, later, testLedger, tick, type OpenLedger } from './ledger.case.ts'
import { sampleWork } from './samples.case.ts'

export function testReviewQueue(open: OpenLedger): void {
  const ledger = testLedger(open)

  let places = 0
  /** A file that needs a review. */
  const doubtful = async (key: string, reviewPriority?: number, batch = 'b'): Promise<Job> => {
    const { id } = await ledger.store.submit(batch, places++, `${key}.png`, sampleWork(key))
    await ledger.end(key, 'needs_review', reviewPriority)
    return (await ledger.store.get(id))!
  }
  const queue = async (tenant?: string) =>
    (await ledger.store.reviewQueue(tenant === undefined ? {} : { tenant })).map(({ key }) => key)
  const hold = async (by: string, filter: { tenant?: string; not?: string } = {}, until = later()) =>
    (await ledger.store.holdReview(by, until, filter))?.key ?? null

  describe('the queue', () => {
    test('has what needs a review, those of the highest priority first, then in the order of listing', async () => {
      await doubtful('first')
      await doubtful('urgent', 0.9)
      await doubtful('less', 0.25)
      await tick()
      await ledger.store.openBatch('a')
      await doubtful('later', 0.25, 'a')
      await ledger.submit(100, 'queued')
      await ledger.submit(101, 'accepted')
      await ledger.end('accepted', 'accepted', 1)
      expect(await queue()).toEqual(['urgent', 'less', 'later', 'first'])
    })

    test('answers jobs with their review priority', async () => {
      const job = await doubtful('k', 0.5)
      expect(job).toMatchObject({ status: 'needs_review', reviewPriority: 0.5 })
      expect(await ledger.store.reviewQueue({})).toEqual([job])
      expect(await doubtful('unsaid')).toMatchObject({ reviewPriority: 0 })
    })

    test('is one of each tenant, and as long as it is asked for', async () => {
      await ledger.store.openBatch('of acme', { tenant: 'acme' })
      await doubtful('ours')
      await doubtful('theirs', 1, 'of acme')
      expect(await queue('acme')).toEqual(['theirs'])
      expect(await queue('local')).toEqual(['ours'])
      expect(await ledger.store.reviewQueue({ limit: 1 })).toHaveLength(1)
      expect(await queue('nobody')).toEqual([])
    })

    test('knows the review priority of a document that was read before', async () => {
      await doubtful('k', 0.5)
      expect(await ledger.submit(200, 'k')).toMatchObject({ status: 'needs_review', reviewPriority: 0.5 })
    })

    test('is left by what is reviewed or cancelled', async () => {
      const [a, b] = [await doubtful('a'), await doubtful('b')]
      await ledger.store.closeReview(a.id, { status: 'reviewed', by: 'ann' })
      await ledger.store.cancel(b.id)
      expect(await queue()).toEqual([])
    })
  })

  describe('a hold', () => {
    test('gives every reviewer a document of their own', async () => {
      await doubtful('a', 0.9)
      await doubtful('b', 0.5)
      expect(await hold('ann')).toBe('a')
      expect(await hold('bob')).toBe('b')
      expect(await hold('cid')).toBeNull()
      expect(await queue()).toEqual(['a', 'b'])
    })

    test('gives many who ask at once a document each', async () => {
      for (const key of ['a', 'b', 'c', 'd', 'e']) await doubtful(key)
      const held = await Promise.all(Array.from({ length: 8 }, (_, n) => hold(`reviewer ${n}`)))
      expect(held.filter((key) => key !== null).sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
    })

    test('is kept by the one who has it, until they want another', async () => {
      const { id } = await doubtful('a', 0.9)
      await doubtful('b', 0.5)
      expect(await hold('ann')).toBe('a')
      expect(await hold('ann')).toBe('a')
      expect(await hold('ann', { not: id })).toBe('b')
      expect(await hold('bob')).toBeNull()
    })

    test('is not given for the one document that is not wanted', async () => {
      const { id } = await doubtful('a')
      expect(await hold('ann', { not: id })).toBeNull()
      expect(await hold('bob')).toBe('a')
    })

    test('ends with its time', async () => {
      await doubtful('a')
      expect(await hold('ann', {}, earlier())).toBe('a')
      expect(await hold('bob')).toBe('a')
      expect(await hold('ann')).toBeNull()
    })

    test('lasts from the last time it was asked for', async () => {
      await doubtful('a')
      await hold('ann', {}, new Date(Date.now() + 1000).toISOString())
      await hold('ann', {}, earlier())
      expect(await hold('bob')).toBe('a')
    })

    test('stays among the documents of a tenant', async () => {
      await ledger.store.openBatch('of acme', { tenant: 'acme' })
      await doubtful('theirs', 1, 'of acme')
      await doubtful('ours')
      expect(await hold('ann', { tenant: 'local' })).toBe('ours')
      expect(await hold('ann', { tenant: 'acme' })).toBe('theirs')
      expect(await hold('bob', { tenant: 'local' })).toBeNull()
    })

    test('changes nothing that a job shows', async () => {
      const job = await doubtful('a')
      expect(await ledger.store.holdReview('ann', later(), {})).toEqual(job)
    })

    test('ends with the review, also when the document is read again', async () => {
      const { id } = await doubtful('a')
      await hold('ann')
      await ledger.store.closeReview(id, { status: 'rejected', by: 'ann' })
      expect(await hold('ann')).toBeNull()
      await ledger.store.retry(id)
      expect(await ledger.statusOf(id)).toBe('queued')
      await ledger.end('a', 'needs_review')
      expect(await hold('bob')).toBe('a')
    })
  })

  describe('a skip', () => {
    test('lets go and goes behind what nobody has skipped', async () => {
      const { id } = await doubtful('a', 0.9)
      await doubtful('b', 0.5)
      expect(await hold('ann')).toBe('a')
      expect(await ledger.store.skipReview(id, 'ann')).toBe(true)
      expect(await queue()).toEqual(['b', 'a'])
      expect(await hold('ann')).toBe('b')
      expect(await hold('bob')).toBe('a')
    })

    test('goes round where everything has been skipped', async () => {
      const [a, b] = [await doubtful('a', 0.9), await doubtful('b', 0.5)]
      await ledger.store.skipReview(a.id, 'ann')
      await ledger.store.skipReview(b.id, 'ann')
      expect(await queue()).toEqual(['a', 'b'])
      await ledger.store.skipReview(a.id, 'ann')
      expect(await queue()).toEqual(['b', 'a'])
    })

    test('takes no document from another who holds it', async () => {
      const { id } = await doubtful('a')
      await hold('ann')
      expect(await ledger.store.skipReview(id, 'bob')).toBe(true)
      expect(await hold('bob')).toBeNull()
      expect(await hold('ann')).toBe('a')
    })

    test('is of no use where no review is needed', async () => {
      const { id } = await ledger.submit(0, 'k')
      expect(await ledger.store.skipReview(id, 'ann')).toBe(false)
      expect(await ledger.store.skipReview('unknown', 'ann')).toBe(false)
    })

    test('is forgotten when the document is read again', async () => {
      const { id } = await doubtful('a', 0.9)
      await doubtful('b', 0.5)
      await ledger.store.skipReview(id, 'ann')
      await ledger.store.cancel(id)
      await ledger.store.retry(id)
      await ledger.end('a', 'needs_review', 0.9)
      expect(await queue()).toEqual(['a', 'b'])
    })
  })

  test('a document that failed has no review priority left', async () => {
    const { id } = await ledger.submit(0, 'k')
    const { token } = await ledger.mustLease('k')
    await ledger.store.finish('k', token, 'failed', failedResult, 0.7)
    await ledger.store.retry(id)
    expect(await ledger.store.get(id)).toMatchObject({ status: 'queued', reviewPriority: 0 })
  })
}
