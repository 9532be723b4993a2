import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BlobStore, Claim, Correction, JobStore } from '../core/jobs.ts'
import { sampleResult, sampleWork } from './samples.case.ts'

const failedResult = sampleResult({
  verdict: 'failed',
  data: null,
  fields: {},
  error: { code: 'E_CORRUPT', message: 'The image is damaged.', retryable: false },
})

const failedAttempt = {
  path: 'direct',
  ok: false,
  error: { code: 'E_ENGINE', message: 'It failed.', retryable: false },
  ms: 3,
} as const

const code = (expected: string) => expect.objectContaining({ name: 'ParallaxError', code: expected })
const later = (): string => new Date(Date.now() + 60_000).toISOString()

/** What every `JobStore` must do; `create` opens an empty one. */
export function testJobStore(create: () => Promise<JobStore>): void {
  describe('a job store', () => jobStoreCases(create))
}

function jobStoreCases(create: () => Promise<JobStore>): void {
  let store: JobStore

  beforeEach(async () => {
    store = await create()
    await store.openBatch('b')
  })
  afterEach(() => store.close())

  const submit = (position: number, key: string) =>
    store.submit('b', position, `${position}.png`, sampleWork(key))
  const mustClaim = async (key: string): Promise<Claim> => {
    const claim = await store.claim(key)
    if (!claim) throw new Error(`nobody waits for ${key}`)
    return claim
  }
  const end = async (key: string, status: 'accepted' | 'needs_review' | 'failed' | 'quarantined') => {
    const { token } = await mustClaim(key)
    const result = status === 'accepted' || status === 'needs_review' ? sampleResult() : failedResult
    expect(await store.finish(key, token, status, result)).toBe(true)
  }
  const statusOf = async (id: string) => (await store.get(id))?.status

  describe('batches', () => {
    test('open once and are found again', async () => {
      const batch = await store.openBatch('again')
      expect(await store.openBatch('again')).toEqual(batch)
      expect(new Date(batch.createdAt).toISOString()).toBe(batch.createdAt)
    })

    test('must exist before a file is submitted', async () => {
      await expect(store.submit('unknown', 0, 'a.png', sampleWork('k'))).rejects.toEqual(code('E_NOT_FOUND'))
    })
  })

  describe('submit', () => {
    test('remembers what a key stands for', async () => {
      await submit(0, 'k')
      expect(await store.work('k')).toEqual(sampleWork('k'))
      expect(await store.work('other')).toBeNull()
    })

    test('queues a job and answers it from then on', async () => {
      const job = await submit(0, 'k')
      expect(job).toMatchObject({
        batchId: 'b',
        position: 0,
        file: '0.png',
        key: 'k',
        status: 'queued',
        error: null,
      })
      expect(await store.get(job.id)).toEqual(job)
    })

    test('twice for one place is one job', async () => {
      const first = await submit(0, 'k')
      await end('k', 'accepted')
      const second = await submit(0, 'k')
      expect(second.id).toBe(first.id)
      expect(await store.list({})).toHaveLength(1)
    })

    test('in parallel for one place is one job', async () => {
      const jobs = await Promise.all(Array.from({ length: 20 }, () => submit(0, 'k')))
      expect(new Set(jobs.map((job) => job.id)).size).toBe(1)
    })

    test('with a changed key starts the job anew', async () => {
      const first = await submit(0, 'old')
      await end('old', 'failed')
      const second = await submit(0, 'new')
      expect(second).toMatchObject({ id: first.id, key: 'new', status: 'queued', error: null })
    })

    test('ends at once where the key has a result', async () => {
      await submit(0, 'k')
      await end('k', 'failed')
      expect(await submit(1, 'k')).toMatchObject({ status: 'failed', error: failedResult.error })
    })

    test.each(['E_TIMEOUT', 'E_MEMORY', 'E_INTERNAL', 'E_STORAGE', 'E_TYPE_INVALID'] as const)(
      'queues again what failed by a passing fault: %s',
      async (code) => {
        const first = await submit(0, 'k')
        const { token } = await mustClaim('k')
        const error = { code, message: 'It went wrong.', retryable: false }
        await store.finish('k', token, 'failed', { ...failedResult, error })
        expect(await submit(1, 'k')).toMatchObject({ status: 'queued', error: null })
        expect(await store.get(first.id)).toMatchObject({ status: 'queued', error: null })
        expect(await store.result('k')).toBeNull()
        await end('k', 'accepted')
        expect(await submit(0, 'k')).toMatchObject({ id: first.id, status: 'accepted' })
      },
    )

    test('does not queue again what killed its process', async () => {
      await submit(0, 'k')
      const { token } = await mustClaim('k')
      const error = { code: 'E_POISON', message: 'It is set aside.', retryable: false } as const
      await store.finish('k', token, 'quarantined', { ...failedResult, error })
      expect(await submit(0, 'k')).toMatchObject({ status: 'quarantined', error })
      expect(await store.claim('k')).toBeNull()
    })

    test('learns where a type file has moved', async () => {
      const at = (file: string) => sampleWork('k', { type: { name: 'mine', file, hash: 'h' } })
      await store.submit('b', 0, 'a.png', at('old.ts'))
      await store.submit('b', 1, 'a.png', at('new.ts'))
      expect((await mustClaim('k')).type.file).toBe('new.ts')
    })

    test('makes ids that cannot be told from one another by counting', async () => {
      const ids = (await Promise.all(Array.from({ length: 50 }, (_, i) => submit(i, `k${i}`)))).map(
        (j) => j.id,
      )
      expect(new Set(ids).size).toBe(50)
      for (const id of ids) expect(id).toMatch(/^[0-9a-z]{20,40}$/)
    })
  })

  describe('one execution', () => {
    test('serves all jobs of a key', async () => {
      const [a, b] = [await submit(0, 'k'), await submit(1, 'k')]
      const claim = await mustClaim('k')
      expect(claim).toMatchObject({ ...sampleWork('k'), deaths: 0 })
      expect([await statusOf(a.id), await statusOf(b.id)]).toEqual(['running', 'running'])
      const c = await submit(2, 'k')
      expect(await store.finish('k', claim.token, 'accepted', sampleResult())).toBe(true)
      expect(await store.result('k')).toEqual(sampleResult())
      for (const { id } of [a, b, c]) expect(await statusOf(id)).toBe('accepted')
    })

    test('is not granted when nobody waits', async () => {
      expect(await store.claim('never submitted')).toBeNull()
      await submit(0, 'k')
      await end('k', 'accepted')
      expect(await store.claim('k')).toBeNull()
    })

    test('has no result before its end', async () => {
      await submit(0, 'k')
      await mustClaim('k')
      expect(await store.result('k')).toBeNull()
    })
  })

  describe('a token', () => {
    test('is worthless after a later claim', async () => {
      const { id } = await submit(0, 'k')
      const late = await mustClaim('k')
      const current = await mustClaim('k')
      expect(await store.reprocess('k', late.token, [])).toBe(false)
      expect(await store.release('k', late.token)).toBe(false)
      expect(await store.finish('k', late.token, 'failed', failedResult)).toBe(false)
      expect(await statusOf(id)).toBe('running')
      expect(await store.finish('k', current.token, 'accepted', sampleResult())).toBe(true)
      expect(await store.finish('k', late.token, 'failed', failedResult)).toBe(false)
      expect(await store.result('k')).toEqual(sampleResult())
    })

    test('finishes once', async () => {
      await submit(0, 'k')
      const { token } = await mustClaim('k')
      const other = sampleResult({ reason: 'again' })
      expect(await store.finish('k', token, 'accepted', sampleResult())).toBe(true)
      expect(await store.finish('k', token, 'accepted', other)).toBe(false)
      expect(await store.result('k')).toEqual(sampleResult())
    })

    test('is granted to one of many who finish at once', async () => {
      await submit(0, 'k')
      const claims = await Promise.all(Array.from({ length: 10 }, () => mustClaim('k')))
      const finished = await Promise.all(
        claims.map(({ token }) => store.finish('k', token, 'accepted', sampleResult())),
      )
      expect(finished.filter(Boolean)).toHaveLength(1)
    })

    test('of released work is void, and the work can be claimed again', async () => {
      const { id } = await submit(0, 'k')
      const { token } = await mustClaim('k')
      expect(await store.release('k', token)).toBe(true)
      expect(await statusOf(id)).toBe('queued')
      expect(await store.finish('k', token, 'accepted', sampleResult())).toBe(false)
      expect((await mustClaim('k')).token).not.toBe(token)
    })

    test('survives the step to reprocessing', async () => {
      const { id } = await submit(0, 'k')
      const { token } = await mustClaim('k')
      const attempts = [failedAttempt]
      expect(await store.reprocess('k', token, attempts)).toBe(true)
      expect(await statusOf(id)).toBe('reprocessing')
      expect(await store.finish('k', token, 'needs_review', sampleResult())).toBe(false)
      const again = await mustClaim('k')
      expect(again.attempts).toEqual(attempts)
      expect(await statusOf(id)).toBe('reprocessing')
      expect(await store.finish('k', again.token, 'needs_review', sampleResult())).toBe(true)
      expect(await statusOf(id)).toBe('needs_review')
    })

    test('begins anew on a retry', async () => {
      const { id } = await submit(0, 'k')
      expect((await mustClaim('k')).attempts).toEqual([])
      await store.reprocess('k', (await mustClaim('k')).token, [failedAttempt])
      await end('k', 'failed')
      expect(await store.retry(id)).toBe(true)
      expect((await mustClaim('k')).attempts).toEqual([])
    })
  })

  describe('deaths', () => {
    test('are counted and told to the next claim', async () => {
      await submit(0, 'k')
      expect(await store.died('k')).toBe(1)
      expect(await store.died('k')).toBe(2)
      expect((await mustClaim('k')).deaths).toBe(2)
    })

    test('are forgotten on a retry', async () => {
      const { id } = await submit(0, 'k')
      await store.died('k')
      await end('k', 'quarantined')
      expect(await store.retry(id)).toBe(true)
      expect((await mustClaim('k')).deaths).toBe(0)
    })

    test('of unknown work are refused', async () => {
      await expect(store.died('unknown')).rejects.toEqual(code('E_NOT_FOUND'))
    })
  })

  describe('cancel', () => {
    test('ends a queued job, and nobody waits for its work any more', async () => {
      const { id } = await submit(0, 'k')
      expect(await store.cancel(id)).toBe(true)
      expect(await statusOf(id)).toBe('cancelled')
      expect(await store.claim('k')).toBeNull()
    })

    test('stays when the running work finishes; other jobs of the key get the result', async () => {
      const [cancelled, other] = [await submit(0, 'k'), await submit(1, 'k')]
      const { token } = await mustClaim('k')
      expect(await store.cancel(cancelled.id)).toBe(true)
      expect(await store.finish('k', token, 'accepted', sampleResult())).toBe(true)
      expect(await statusOf(cancelled.id)).toBe('cancelled')
      expect(await statusOf(other.id)).toBe('accepted')
    })

    test('spares a person a review', async () => {
      const { id } = await submit(0, 'k')
      await end('k', 'needs_review')
      expect(await store.cancel(id)).toBe(true)
    })

    test('does nothing to an ended or unknown job', async () => {
      const { id } = await submit(0, 'k')
      await end('k', 'accepted')
      expect(await store.cancel(id)).toBe(false)
      expect(await statusOf(id)).toBe('accepted')
      expect(await store.cancel('unknown')).toBe(false)
    })
  })

  describe('retry', () => {
    test('starts a failed job anew and drops its result', async () => {
      const { id } = await submit(0, 'k')
      await end('k', 'failed')
      expect(await store.retry(id)).toBe(true)
      expect(await store.get(id)).toMatchObject({ status: 'queued', error: null })
      expect(await store.result('k')).toBeNull()
      await end('k', 'accepted')
      expect(await statusOf(id)).toBe('accepted')
    })

    test('takes along the jobs that failed by the same result', async () => {
      const [a, b] = [await submit(0, 'k'), await submit(1, 'k')]
      await end('k', 'failed')
      await store.retry(a.id)
      expect(await store.get(b.id)).toMatchObject({ status: 'queued', error: null })
    })

    test('starts cancelled and rejected jobs anew', async () => {
      const [cancelled, rejected] = [await submit(0, 'c'), await submit(1, 'r')]
      await store.cancel(cancelled.id)
      await end('r', 'needs_review')
      await store.closeReview(rejected.id, 'rejected', 'ann')
      for (const { id } of [cancelled, rejected]) {
        expect(await store.retry(id)).toBe(true)
        expect(await statusOf(id)).toBe('queued')
      }
    })

    test('keeps a result that another job stands on, and joins it', async () => {
      const [cancelled, other] = [await submit(0, 'k'), await submit(1, 'k')]
      await store.cancel(cancelled.id)
      await end('k', 'accepted')
      expect(await store.retry(cancelled.id)).toBe(true)
      expect(await statusOf(cancelled.id)).toBe('accepted')
      expect(await statusOf(other.id)).toBe('accepted')
      expect(await store.result('k')).toEqual(sampleResult())
    })

    test('does nothing to other jobs', async () => {
      const { id } = await submit(0, 'k')
      expect(await store.retry(id)).toBe(false)
      await end('k', 'accepted')
      expect(await store.retry(id)).toBe(false)
      expect(await store.result('k')).not.toBeNull()
      expect(await store.retry('unknown')).toBe(false)
    })
  })

  describe('list', () => {
    test('is in order of batches, then places', async () => {
      await submit(1, 'b1')
      await submit(0, 'b0')
      await store.openBatch('a')
      await store.submit('a', 0, 'later.png', sampleWork('a0'))
      expect((await store.list({})).map((job) => job.key)).toEqual(['b0', 'b1', 'a0'])
    })

    test('filters by batch and status', async () => {
      await store.openBatch('c')
      await submit(0, 'k0')
      await submit(1, 'k1')
      await store.submit('c', 0, 'c.png', sampleWork('k2'))
      await end('k1', 'needs_review')
      const keys = async (filter: Parameters<JobStore['list']>[0]) =>
        (await store.list(filter)).map((job) => job.key)
      expect(await keys({ batchId: 'c' })).toEqual(['k2'])
      expect(await keys({ status: ['needs_review'] })).toEqual(['k1'])
      expect(await keys({ batchId: 'b', status: ['queued', 'needs_review'] })).toEqual(['k0', 'k1'])
      expect(await keys({ status: [] })).toEqual([])
    })

    test('pages through everything once', async () => {
      await store.openBatch('c')
      for (const place of [0, 1, 2]) {
        await submit(place, `k${place}`)
        await store.submit('c', place, 'c.png', sampleWork(`c${place}`))
      }
      const seen: string[] = []
      let page = await store.list({ limit: 2 })
      while (page.length > 0) {
        seen.push(...page.map((job) => job.key))
        page = await store.list({ limit: 2, after: page.at(-1)!.id })
      }
      expect(seen).toEqual(['k0', 'k1', 'k2', 'c0', 'c1', 'c2'])
    })

    test('answers at most 100 unless told', async () => {
      for (let place = 0; place < 101; place++) await submit(place, 'k')
      expect(await store.list({})).toHaveLength(100)
      expect(await store.list({ limit: 200 })).toHaveLength(101)
    })

    test('refuses a cursor that is no job', async () => {
      await expect(store.list({ after: 'unknown' })).rejects.toEqual(code('E_BAD_REQUEST'))
    })

    test('does not find an unknown job', async () => {
      expect(await store.get('unknown')).toBeNull()
    })
  })

  test('counts name every status', async () => {
    await store.openBatch('c')
    await submit(0, 'k0')
    await submit(1, 'k1')
    await store.submit('c', 0, 'c.png', sampleWork('k2'))
    await end('k1', 'accepted')
    const none = {
      running: 0,
      reprocessing: 0,
      needs_review: 0,
      reviewed: 0,
      rejected: 0,
      failed: 0,
      quarantined: 0,
      cancelled: 0,
    }
    expect(await store.counts()).toEqual({ ...none, queued: 2, accepted: 1 })
    expect(await store.counts('b')).toEqual({ ...none, queued: 1, accepted: 1 })
  })

  describe('waiting', () => {
    test('names keys with unfinished jobs, each once', async () => {
      await submit(0, 'queued')
      await submit(1, 'queued')
      await submit(2, 'running')
      await mustClaim('running')
      await submit(3, 'ended')
      await end('ended', 'accepted')
      expect([...(await store.waiting(later(), 100))].sort()).toEqual(['queued', 'running'])
    })

    test('answers no more than it is asked for, the longest untouched first', async () => {
      const tick = () => new Promise((resolve) => setTimeout(resolve, 5))
      for (const key of ['a', 'b', 'c']) {
        await submit(key.charCodeAt(0), key)
        await tick()
      }
      const claim = await mustClaim('a')
      await store.release('a', claim.token)
      expect(await store.waiting(later(), 2)).toEqual(['b', 'c'])
      expect(await store.waiting(later(), 3)).toEqual(['b', 'c', 'a'])
    })

    test('names what is queued again after a passing fault', async () => {
      await submit(0, 'k')
      const { token } = await mustClaim('k')
      const error = { code: 'E_TIMEOUT', message: 'It took too long.', retryable: false } as const
      await store.finish('k', token, 'failed', { ...failedResult, error })
      expect(await store.waiting(later(), 100)).toEqual([])
      await submit(0, 'k')
      expect(await store.waiting(later(), 100)).toEqual(['k'])
    })

    test('leaves out what was touched since', async () => {
      await submit(0, 'k')
      expect(await store.waiting(new Date(Date.now() - 60_000).toISOString(), 100)).toEqual([])
    })

    test('leaves out what was cancelled and names what was retried', async () => {
      const { id } = await submit(0, 'k')
      await store.cancel(id)
      expect(await store.waiting(later(), 100)).toEqual([])
      await store.retry(id)
      expect(await store.waiting(later(), 100)).toEqual(['k'])
    })
  })

  describe('review', () => {
    const correction = (jobId: string, changes: Partial<Correction> = {}): Correction => ({
      jobId,
      field: '/total',
      before: 9,
      after: 9.5,
      by: 'ann',
      at: '2026-01-02T03:04:05.000Z',
      ...changes,
    })

    test('keeps corrections in order and waits to be closed', async () => {
      const { id } = await submit(0, 'k')
      await end('k', 'needs_review')
      const made = [correction(id), correction(id, { field: '/date', before: null, after: '2018-03-02' })]
      await store.correct(made)
      await store.correct([correction(id, { before: 9.5, after: 10 })])
      expect(await store.corrections(id)).toEqual([...made, correction(id, { before: 9.5, after: 10 })])
      expect(await statusOf(id)).toBe('needs_review')
      expect(await store.closeReview(id, 'reviewed', 'ann')).toBe(true)
      expect(await statusOf(id)).toBe('reviewed')
      expect(await store.closeReview(id, 'rejected', 'bob')).toBe(false)
    })

    test('records all corrections of a call or none', async () => {
      const { id } = await submit(0, 'k')
      await end('k', 'needs_review')
      await expect(store.correct([correction(id), correction('unknown')])).rejects.toEqual(
        code('E_NOT_FOUND'),
      )
      expect(await store.corrections(id)).toEqual([])
      await store.correct([])
    })

    test('takes no corrections before it is asked for or after it has ended', async () => {
      const { id } = await submit(0, 'k')
      await expect(store.correct([correction(id)])).rejects.toEqual(code('E_CONFLICT'))
      await end('k', 'needs_review')
      await store.closeReview(id, 'reviewed', 'ann')
      await expect(store.correct([correction(id)])).rejects.toEqual(code('E_CONFLICT'))
      expect(await store.corrections(id)).toEqual([])
    })

    test('names who ended it', async () => {
      const { id, reviewedBy } = await submit(0, 'k')
      expect(reviewedBy).toBeNull()
      await end('k', 'needs_review')
      await store.closeReview(id, 'rejected', 'ann')
      expect((await store.get(id))?.reviewedBy).toBe('ann')
      await store.retry(id)
      expect((await store.get(id))?.reviewedBy).toBeNull()
    })

    test('is only closed where one was asked for', async () => {
      const { id } = await submit(0, 'k')
      expect(await store.closeReview(id, 'reviewed', 'ann')).toBe(false)
      expect(await store.closeReview('unknown', 'reviewed', 'ann')).toBe(false)
    })

    test('does not carry corrections over to another document in the same place', async () => {
      const { id } = await submit(0, 'old')
      await end('old', 'needs_review')
      await store.correct([correction(id)])
      await submit(0, 'new')
      expect(await store.corrections(id)).toEqual([])
    })
  })
}

/** What every `BlobStore` must do; `create` opens an empty one. */
export function testBlobStore(create: () => Promise<BlobStore>): void {
  describe('a blob store', () => blobStoreCases(create))
}

function blobStoreCases(create: () => Promise<BlobStore>): void {
  let blobs: BlobStore
  const bytes = new TextEncoder().encode('a page')
  const digest = createHash('sha256').update(bytes).digest('hex')

  beforeEach(async () => {
    blobs = await create()
  })

  test('answers the bytes by their digest', async () => {
    expect(await blobs.put(bytes)).toBe(digest)
    expect(new Uint8Array((await blobs.get(digest))!)).toEqual(bytes)
  })

  test('keeps empty and large blobs', async () => {
    for (const blob of [new Uint8Array(0), new Uint8Array(5_000_000).fill(7)]) {
      const key = await blobs.put(blob)
      expect(
        createHash('sha256')
          .update((await blobs.get(key))!)
          .digest('hex'),
      ).toBe(key)
    }
  })

  test('takes the same bytes again, also at the same time', async () => {
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => blobs.put(bytes))))).toEqual(
      new Set([digest]),
    )
    expect(await blobs.put(bytes)).toBe(digest)
    expect(new Uint8Array((await blobs.get(digest))!)).toEqual(bytes)
  })

  test('has no blob that was not put or was deleted', async () => {
    expect(await blobs.get(digest)).toBeNull()
    await blobs.put(bytes)
    await blobs.delete(digest)
    expect(await blobs.get(digest)).toBeNull()
    await blobs.delete(digest)
  })

  test.each(['../../etc/passwd', '', digest.toUpperCase(), `${digest}/..`])(
    'refuses the name "%s"',
    async (name) => {
      await expect(blobs.get(name)).rejects.toEqual(code('E_BAD_REQUEST'))
      await expect(blobs.delete(name)).rejects.toEqual(code('E_BAD_REQUEST'))
    },
  )
}
