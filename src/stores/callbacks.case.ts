import { beforeEach, expect, test } from 'vitest'
import type { Callback } from '../core/callbacks.ts'
import type { Job } from '../core/jobs.ts'
import { code, earlier, failedResult, later, testLedger, tick, type OpenLedger } from './ledger.case.ts'
import { sampleWork } from './samples.case.ts'

const url = 'https://acme.test/told'

export function testCallbacks(open: OpenLedger): void {
  const ledger = testLedger(open)
  beforeEach(() => ledger.store.openBatch('told', { callback: url, tenant: 'acme' }))

  const file = (place: number, key: string, batch = 'told'): Promise<Job> =>
    ledger.store.submit(batch, place, 'a.png', sampleWork(key))
  const now = (): string => new Date().toISOString()
  const take = (until = later()): Promise<readonly Callback[]> =>
    ledger.store.callbacks.take(now(), until, 100)
  /** Of a batch whose only file has ended. */
  const finished = async (batch = 'told'): Promise<void> => {
    await file(0, batch, batch)
    await ledger.end(batch, 'accepted')
  }

  test('takes a batch whose files have all ended, with where to tell it', async () => {
    await finished()
    const batch = await ledger.store.batch('told')
    expect(await take()).toEqual([{ id: 'told', batch, url, attempts: 0 }])
  })

  test('counts a file that waits for a person as ended', async () => {
    await file(0, 'k')
    await ledger.end('k', 'needs_review')
    expect(await take()).toHaveLength(1)
  })

  test('takes no batch with a file that is queued, running or reprocessed', async () => {
    await finished()
    const { id } = await file(1, 'k')
    expect(await take()).toEqual([])
    await ledger.mustLease('k')
    expect(await take()).toEqual([])
    await ledger.store.reprocess('k', (await ledger.mustLease('k')).token, [])
    expect(await take()).toEqual([])
    await ledger.store.cancel(id)
    expect(await take()).toHaveLength(1)
  })

  test('takes no batch without files', async () => {
    expect(await take()).toEqual([])
  })

  test('takes no batch whose submitter did not ask', async () => {
    await ledger.submit(0, 'k')
    await ledger.end('k', 'accepted')
    await ledger.store.callbacks.postpone('b', earlier())
    expect(await take()).toEqual([])
  })

  test('takes a batch again when its time is up, as often as need be', async () => {
    await finished()
    expect(await take(later())).toHaveLength(1)
    expect(await take()).toEqual([])
    expect(await ledger.store.callbacks.take(later(), later(), 100)).toHaveLength(1)
  })

  test('counts tries, and waits as long as it is told', async () => {
    await finished()
    await take()
    await ledger.store.callbacks.postpone('told', earlier())
    expect(await take()).toMatchObject([{ attempts: 1 }])
    await ledger.store.callbacks.postpone('told', later())
    expect(await take()).toEqual([])
  })

  test.each([null, 'Nobody answered.'])('settles once and for all (%s)', async (failure) => {
    await finished()
    await take(earlier())
    await ledger.store.callbacks.settle('told', failure)
    expect(await take()).toEqual([])
    await ledger.store.callbacks.postpone('told', earlier())
    expect(await take()).toEqual([])
    await ledger.store.callbacks.settle('told', failure)
  })

  test.each(['is retried', 'is submitted again'])('takes a batch again when a file of it %s', async (how) => {
    const { id } = await file(0, 'k')
    const { token } = await ledger.mustLease('k')
    const error = { code: 'E_TIMEOUT', message: 'It took too long.', retryable: false } as const
    await ledger.store.finish('k', token, 'failed', { ...failedResult, error })
    const [first] = await take()
    await ledger.store.callbacks.postpone('told', earlier())
    await ledger.store.callbacks.settle('told', null)
    if (how === 'is retried') await ledger.store.retry(id)
    else await ledger.submit(0, 'k')
    expect(await take()).toEqual([])
    await ledger.end('k', 'accepted')
    const [again] = await take(earlier())
    expect(again).toMatchObject({ batch: first!.batch, attempts: 0 })
    expect(again!.id).not.toBe(first!.id)
    expect((await take(earlier()))[0]!.id).toBe(again!.id)
    await ledger.store.callbacks.settle('told', null)
    expect(await take()).toEqual([])
  })

  test('takes a batch again of which a file was retried while its submitter was told', async () => {
    const { id } = await file(0, 'k')
    await ledger.end('k', 'failed')
    await take()
    await ledger.store.retry(id)
    await ledger.store.callbacks.settle('told', null)
    await ledger.end('k', 'accepted')
    expect(await take()).toHaveLength(1)
  })

  test.each([false, true])(
    'takes a batch again once a review has ended (while it is told: %s)',
    async (late) => {
      const { id } = await file(0, 'k')
      await ledger.end('k', 'needs_review')
      const close = () => ledger.store.closeReview(id, { status: 'reviewed', by: 'ann' })
      expect(await take()).toHaveLength(1)
      if (late) await close()
      await ledger.store.callbacks.settle('told', null)
      if (!late) {
        await close()
        // Whoever ended it may think better of it first.
        expect(await take()).toEqual([])
      }
      expect(await ledger.store.callbacks.take(later(), earlier(), 100)).toHaveLength(1)
      await ledger.store.callbacks.settle('told', null)
      expect(await ledger.store.callbacks.take(later(), earlier(), 100)).toEqual([])
    },
  )

  test('takes at most so many, the longest due first', async () => {
    for (const id of ['t1', 't2', 't3']) {
      await ledger.store.openBatch(id, { callback: url })
      await finished(id)
      await tick()
    }
    const ids = async () =>
      (await ledger.store.callbacks.take(now(), later(), 2)).map(({ batch }) => batch.id)
    expect(await ids()).toEqual(['t1', 't2'])
    expect(await ids()).toEqual(['t3'])
  })

  test('gives a batch to one of many who take at once', async () => {
    await finished()
    const taken = await Promise.all(Array.from({ length: 10 }, () => take()))
    expect(taken.flat()).toHaveLength(1)
  })

  test('forgets a batch with its last file, and waits for none that was deleted', async () => {
    const [first, second] = [await file(0, 'k0'), await file(1, 'k1')]
    await ledger.end('k0', 'accepted')
    await ledger.store.delete(second.id)
    expect(await take(earlier())).toHaveLength(1)
    await ledger.store.delete(first.id)
    expect(await take()).toEqual([])
    expect(await ledger.store.batch('told')).toBeNull()
    await expect(file(2, 'k2')).rejects.toEqual(code('E_NOT_FOUND'))
  })
}
