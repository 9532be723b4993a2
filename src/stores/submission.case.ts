import { describe, expect, test } from 'vitest'
import { failedResult, testLedger, type OpenLedger } from './ledger.case.ts'
import { sampleResult, sampleWork } from './samples.case.ts'

export function testSubmission(open: OpenLedger): void {
  const ledger = testLedger(open)

  describe('submit', () => {
    test('remembers what a key stands for', async () => {
      await ledger.submit(0, 'k')
      expect(await ledger.store.work('k')).toEqual(sampleWork('k'))
      expect(await ledger.store.work('other')).toBeNull()
    })

    test('queues a job and answers it from then on', async () => {
      const job = await ledger.submit(0, 'k')
      expect(job).toMatchObject({
        batchId: 'b',
        position: 0,
        file: '0.png',
        key: 'k',
        status: 'queued',
        error: null,
      })
      expect(await ledger.store.get(job.id)).toEqual(job)
    })

    test('twice for one place is one job', async () => {
      const first = await ledger.submit(0, 'k')
      await ledger.end('k', 'accepted')
      const second = await ledger.submit(0, 'k')
      expect(second.id).toBe(first.id)
      expect(await ledger.store.list({})).toHaveLength(1)
    })

    test('in parallel for one place is one job', async () => {
      const jobs = await Promise.all(Array.from({ length: 20 }, () => ledger.submit(0, 'k')))
      expect(new Set(jobs.map((job) => job.id)).size).toBe(1)
    })

    test('with a changed key starts the job anew', async () => {
      const first = await ledger.submit(0, 'old')
      await ledger.end('old', 'failed')
      const second = await ledger.submit(0, 'new')
      expect(second).toMatchObject({ id: first.id, key: 'new', status: 'queued', error: null })
    })

    test('ends at once where the key has a result', async () => {
      await ledger.submit(0, 'k')
      await ledger.end('k', 'failed')
      expect(await ledger.submit(1, 'k')).toMatchObject({ status: 'failed', error: failedResult.error })
    })

    test.each(['E_TIMEOUT', 'E_MEMORY', 'E_INTERNAL', 'E_STORAGE', 'E_TYPE_INVALID'] as const)(
      'queues again what failed by a passing fault: %s',
      async (code) => {
        const first = await ledger.submit(0, 'k')
        const { token } = await ledger.mustLease('k')
        const error = { code, message: 'It went wrong.', retryable: false }
        await ledger.store.finish('k', token, 'failed', { ...failedResult, error })
        expect(await ledger.submit(1, 'k')).toMatchObject({ status: 'queued', error: null })
        expect(await ledger.store.get(first.id)).toMatchObject({ status: 'queued', error: null })
        expect(await ledger.store.result('k')).toBeNull()
        await ledger.end('k', 'accepted')
        expect(await ledger.submit(0, 'k')).toMatchObject({ id: first.id, status: 'accepted' })
      },
    )

    test('does not queue again what killed its process', async () => {
      await ledger.submit(0, 'k')
      const { token } = await ledger.mustLease('k')
      const error = { code: 'E_POISON', message: 'It is set aside.', retryable: false } as const
      await ledger.store.finish('k', token, 'quarantined', { ...failedResult, error })
      expect(await ledger.submit(0, 'k')).toMatchObject({ status: 'quarantined', error })
      expect(await ledger.store.lease('k')).toBeNull()
    })

    test('learns where a type file has moved', async () => {
      const at = (file: string) => sampleWork('k', { type: { name: 'mine', file, hash: 'h' } })
      await ledger.store.submit('b', 0, 'a.png', at('old.ts'))
      await ledger.store.submit('b', 1, 'a.png', at('new.ts'))
      expect((await ledger.mustLease('k')).type.file).toBe('new.ts')
    })

    test('makes ids that cannot be told from one another by counting', async () => {
      const ids = (await Promise.all(Array.from({ length: 50 }, (_, i) => ledger.submit(i, `k${i}`)))).map(
        (j) => j.id,
      )
      expect(new Set(ids).size).toBe(50)
      for (const id of ids) expect(id).toMatch(/^[0-9a-z]{20,40}$/)
    })
  })

  describe('cancel', () => {
    test('ends a queued job, and nobody waits for its work any more', async () => {
      const { id } = await ledger.submit(0, 'k')
      expect(await ledger.store.cancel(id)).toBe(true)
      expect(await ledger.statusOf(id)).toBe('cancelled')
      expect(await ledger.store.lease('k')).toBeNull()
    })

    test('stays when the running work finishes; other jobs of the key get the result', async () => {
      const [cancelled, other] = [await ledger.submit(0, 'k'), await ledger.submit(1, 'k')]
      const { token } = await ledger.mustLease('k')
      expect(await ledger.store.cancel(cancelled.id)).toBe(true)
      expect(await ledger.store.finish('k', token, 'accepted', sampleResult())).toBe(true)
      expect(await ledger.statusOf(cancelled.id)).toBe('cancelled')
      expect(await ledger.statusOf(other.id)).toBe('accepted')
    })

    test('spares a person a review', async () => {
      const { id } = await ledger.submit(0, 'k')
      await ledger.end('k', 'needs_review')
      expect(await ledger.store.cancel(id)).toBe(true)
    })

    test('does nothing to an ended or unknown job', async () => {
      const { id } = await ledger.submit(0, 'k')
      await ledger.end('k', 'accepted')
      expect(await ledger.store.cancel(id)).toBe(false)
      expect(await ledger.statusOf(id)).toBe('accepted')
      expect(await ledger.store.cancel('unknown')).toBe(false)
    })
  })

  describe('retry', () => {
    test('starts a failed job anew and drops its result', async () => {
      const { id } = await ledger.submit(0, 'k')
      await ledger.end('k', 'failed')
      expect(await ledger.store.retry(id)).toBe(true)
      expect(await ledger.store.get(id)).toMatchObject({ status: 'queued', error: null })
      expect(await ledger.store.result('k')).toBeNull()
      await ledger.end('k', 'accepted')
      expect(await ledger.statusOf(id)).toBe('accepted')
    })

    test('takes along the jobs that failed by the same result', async () => {
      const [a, b] = [await ledger.submit(0, 'k'), await ledger.submit(1, 'k')]
      await ledger.end('k', 'failed')
      await ledger.store.retry(a.id)
      expect(await ledger.store.get(b.id)).toMatchObject({ status: 'queued', error: null })
    })

    test('starts cancelled and rejected jobs anew', async () => {
      const [cancelled, rejected] = [await ledger.submit(0, 'c'), await ledger.submit(1, 'r')]
      await ledger.store.cancel(cancelled.id)
      await ledger.end('r', 'needs_review')
      await ledger.store.closeReview(rejected.id, { status: 'rejected', by: 'ann' })
      for (const { id } of [cancelled, rejected]) {
        expect(await ledger.store.retry(id)).toBe(true)
        expect(await ledger.statusOf(id)).toBe('queued')
      }
    })

    test('keeps a result that another job stands on, and joins it', async () => {
      const [cancelled, other] = [await ledger.submit(0, 'k'), await ledger.submit(1, 'k')]
      await ledger.store.cancel(cancelled.id)
      await ledger.end('k', 'accepted')
      expect(await ledger.store.retry(cancelled.id)).toBe(true)
      expect(await ledger.statusOf(cancelled.id)).toBe('accepted')
      expect(await ledger.statusOf(other.id)).toBe('accepted')
      expect(await ledger.store.result('k')).toEqual(sampleResult())
    })

    test('does nothing to other jobs', async () => {
      const { id } = await ledger.submit(0, 'k')
      expect(await ledger.store.retry(id)).toBe(false)
      await ledger.end('k', 'accepted')
      expect(await ledger.store.retry(id)).toBe(false)
      expect(await ledger.store.result('k')).not.toBeNull()
      expect(await ledger.store.retry('unknown')).toBe(false)
    })
  })
}
