import { describe, expect, test } from 'vitest'
import { earlier, failedAttempt, failedResult, testLedger, tick, type OpenLedger } from './ledger.case.ts'
import { sampleResult, sampleWork } from './samples.case.ts'

export function testWork(open: OpenLedger): void {
  const ledger = testLedger(open)

  describe('one execution', () => {
    test('serves all jobs of a key', async () => {
      const [a, b] = [await ledger.submit(0, 'k'), await ledger.submit(1, 'k')]
      const lease = await ledger.mustLease('k')
      expect(lease).toMatchObject({ ...sampleWork('k'), deaths: 0 })
      expect([await ledger.statusOf(a.id), await ledger.statusOf(b.id)]).toEqual(['running', 'running'])
      const c = await ledger.submit(2, 'k')
      expect(await ledger.store.finish('k', lease.token, 'accepted', sampleResult())).toBe(true)
      expect(await ledger.store.result('k')).toEqual(sampleResult())
      for (const { id } of [a, b, c]) expect(await ledger.statusOf(id)).toBe('accepted')
    })

    test('is not granted when nobody waits', async () => {
      expect(await ledger.store.lease('never submitted')).toBeNull()
      await ledger.submit(0, 'k')
      await ledger.end('k', 'accepted')
      expect(await ledger.store.lease('k')).toBeNull()
    })

    test('has no result before its end', async () => {
      await ledger.submit(0, 'k')
      await ledger.mustLease('k')
      expect(await ledger.store.result('k')).toBeNull()
    })
  })

  describe('a lease', () => {
    test('keeps others away until it is taken for abandoned', async () => {
      const { id } = await ledger.submit(0, 'k')
      const held = (await ledger.store.lease('k'))!
      expect(await ledger.store.lease('k')).toBeNull()
      expect(await ledger.store.lease('k', earlier())).toBeNull()
      expect(await ledger.statusOf(id)).toBe('running')
      const next = await ledger.store.lease('k', new Date().toISOString())
      expect(next?.token).not.toBe(held.token)
      expect(await ledger.store.renew('k', held.token)).toBe(false)
      expect(await ledger.store.renew('k', next!.token)).toBe(true)
    })

    test('is given to one of many who ask at once', async () => {
      await ledger.submit(0, 'k')
      const leases = await Promise.all(Array.from({ length: 10 }, () => ledger.store.lease('k')))
      expect(leases.filter((lease) => lease !== null)).toHaveLength(1)
    })

    test('that is renewed is not abandoned', async () => {
      await ledger.submit(0, 'k')
      const { token } = await ledger.mustLease('k')
      await tick()
      const between = new Date().toISOString()
      await tick()
      expect(await ledger.store.abandoned(between, 100)).toEqual(['k'])
      expect(await ledger.store.renew('k', token)).toBe(true)
      expect(await ledger.store.abandoned(between, 100)).toEqual([])
      expect(await ledger.store.lease('k', between)).toBeNull()
    })

    test.each(['released', 'reprocessed'] as const)('that is %s can be followed at once', async (how) => {
      await ledger.submit(0, 'k')
      const { token } = (await ledger.store.lease('k'))!
      if (how === 'released') await ledger.store.release('k', token)
      else await ledger.store.reprocess('k', token, [failedAttempt])
      expect(await ledger.store.renew('k', token)).toBe(false)
      expect(await ledger.store.lease('k')).not.toBeNull()
    })

    test('is not renewed once nobody waits, and is when somebody does again', async () => {
      const [a, b] = [await ledger.submit(0, 'k'), await ledger.submit(1, 'k')]
      const { token } = (await ledger.store.lease('k'))!
      await ledger.store.cancel(a.id)
      expect(await ledger.store.renew('k', token)).toBe(true)
      await ledger.store.cancel(b.id)
      expect(await ledger.store.renew('k', token)).toBe(false)
      await ledger.store.retry(a.id)
      expect(await ledger.store.renew('k', token)).toBe(true)
      await ledger.store.cancel(a.id)
      for (const { id } of [a, b]) await ledger.store.delete(id)
      expect(await ledger.store.renew('k', token)).toBe(false)
    })
  })

  describe('a token', () => {
    test('is worthless after a later lease', async () => {
      const { id } = await ledger.submit(0, 'k')
      const late = await ledger.mustLease('k')
      const current = await ledger.mustLease('k')
      expect(await ledger.store.reprocess('k', late.token, [])).toBe(false)
      expect(await ledger.store.release('k', late.token)).toBe(false)
      expect(await ledger.store.finish('k', late.token, 'failed', failedResult)).toBe(false)
      expect(await ledger.statusOf(id)).toBe('running')
      expect(await ledger.store.finish('k', current.token, 'accepted', sampleResult())).toBe(true)
      expect(await ledger.store.finish('k', late.token, 'failed', failedResult)).toBe(false)
      expect(await ledger.store.result('k')).toEqual(sampleResult())
    })

    test('finishes once', async () => {
      await ledger.submit(0, 'k')
      const { token } = await ledger.mustLease('k')
      const other = sampleResult({ reason: 'again' })
      expect(await ledger.store.finish('k', token, 'accepted', sampleResult())).toBe(true)
      expect(await ledger.store.finish('k', token, 'accepted', other)).toBe(false)
      expect(await ledger.store.result('k')).toEqual(sampleResult())
    })

    test('is granted to one of many who finish at once', async () => {
      await ledger.submit(0, 'k')
      const leases = await Promise.all(Array.from({ length: 10 }, () => ledger.mustLease('k')))
      const finished = await Promise.all(
        leases.map(({ token }) => ledger.store.finish('k', token, 'accepted', sampleResult())),
      )
      expect(finished.filter(Boolean)).toHaveLength(1)
    })

    test('of released work is void, and the work can be leased again', async () => {
      const { id } = await ledger.submit(0, 'k')
      const { token } = await ledger.mustLease('k')
      expect(await ledger.store.release('k', token)).toBe(true)
      expect(await ledger.statusOf(id)).toBe('queued')
      expect(await ledger.store.finish('k', token, 'accepted', sampleResult())).toBe(false)
      expect((await ledger.mustLease('k')).token).not.toBe(token)
    })

    test('survives the step to reprocessing', async () => {
      const { id } = await ledger.submit(0, 'k')
      const { token } = await ledger.mustLease('k')
      const attempts = [failedAttempt]
      expect(await ledger.store.reprocess('k', token, attempts)).toBe(true)
      expect(await ledger.statusOf(id)).toBe('reprocessing')
      expect(await ledger.store.finish('k', token, 'needs_review', sampleResult())).toBe(false)
      const again = await ledger.mustLease('k')
      expect(again.attempts).toEqual(attempts)
      expect(await ledger.statusOf(id)).toBe('reprocessing')
      expect(await ledger.store.finish('k', again.token, 'needs_review', sampleResult())).toBe(true)
      expect(await ledger.statusOf(id)).toBe('needs_review')
    })

    test('keeps the type that the document was told to be', async () => {
      const { id } = await ledger.submit(0, 'k')
      const told = {
        type: { name: 'invoice', file: null, hash: 'h2' },
        ...{ pipeline: 'parallax@1+document@3', templates: 'a'.repeat(64) },
        told: { probability: 0.8, others: [{ name: 'receipt', probability: 0.2 }] },
      }
      const late = await ledger.mustLease('k')
      const { token } = await ledger.mustLease('k')
      expect(await ledger.store.retype('k', late.token, told)).toBe(false)
      expect(await ledger.store.retype('k', token, told)).toBe(true)
      expect(await ledger.statusOf(id)).toBe('running')
      expect(await ledger.store.work('k')).toMatchObject(told)
      await ledger.submit(1, 'k')
      expect(await ledger.store.release('k', token)).toBe(true)
      expect(await ledger.mustLease('k')).toMatchObject(told)
    })

    test('begins anew on a retry', async () => {
      const { id } = await ledger.submit(0, 'k')
      expect((await ledger.mustLease('k')).attempts).toEqual([])
      await ledger.store.reprocess('k', (await ledger.mustLease('k')).token, [failedAttempt])
      await ledger.end('k', 'failed')
      expect(await ledger.store.retry(id)).toBe(true)
      expect((await ledger.mustLease('k')).attempts).toEqual([])
    })
  })

  describe('deaths', () => {
    test('are counted and told to the next lease', async () => {
      await ledger.submit(0, 'k')
      expect(await ledger.store.recordCrash('k')).toBe(1)
      expect(await ledger.store.recordCrash('k')).toBe(2)
      expect((await ledger.mustLease('k')).deaths).toBe(2)
    })

    test('are forgotten on a retry', async () => {
      const { id } = await ledger.submit(0, 'k')
      await ledger.store.recordCrash('k')
      await ledger.end('k', 'quarantined')
      expect(await ledger.store.retry(id)).toBe(true)
      expect((await ledger.mustLease('k')).deaths).toBe(0)
    })

    test('of work that is gone are not counted', async () => {
      expect(await ledger.store.recordCrash('unknown')).toBe(0)
    })
  })
}
