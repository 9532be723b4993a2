import { describe, expect, test } from 'vitest'
import type { BatchFilter, Job, JobFilter } from '../core/jobs.ts'
import { code, testLedger, tick, type OpenLedger } from './ledger.case.ts'
import { sampleResult, sampleWork } from './samples.case.ts'

export function testListing(open: OpenLedger): void {
  const ledger = testLedger(open)

  describe('batches', () => {
    test('open once and are found again', async () => {
      const batch = await ledger.store.openBatch('again')
      expect(await ledger.store.openBatch('again')).toEqual(batch)
      expect(new Date(batch.createdAt).toISOString()).toBe(batch.createdAt)
    })

    test('are remembered as they were opened', async () => {
      const said = { name: 'March', reference: 'PO 1', metadata: { centre: [44, null] } }
      const to = { callback: 'https://acme.test/told', request: 'r1', priority: 1 }
      const details = { tenant: 'acme', ...to, ...said }
      const batch = await ledger.store.openBatch('of acme', details)
      expect(batch).toEqual({ id: 'of acme', createdAt: batch.createdAt, ...details })
      expect(await ledger.store.openBatch('of acme', { tenant: 'other', request: 'r2' })).toEqual(batch)
      expect(await ledger.store.batch('of acme')).toEqual(batch)
      expect(await ledger.store.batch('b')).toMatchObject({ tenant: 'local', callback: null, name: null })
      for (const search of ['march', 'po 1', 'CENTRE', 'of acme'])
        expect(await ledger.store.batches({ search })).toEqual([batch])
      for (const search of ['%', '_', 'april']) expect(await ledger.store.batches({ search })).toEqual([])
      expect(await ledger.store.batch('unknown')).toBeNull()
    })

    test('are listed page by page, the newest first, of one tenant or all', async () => {
      for (const [id, tenant] of [
        ['a1', 'acme'],
        ['c1', 'other'],
        ['a2', 'acme'],
        ['a3', 'acme'],
      ] as const) {
        await tick()
        await ledger.store.openBatch(id, { tenant })
      }
      const ids = async (filter: BatchFilter) => (await ledger.store.batches(filter)).map(({ id }) => id)
      expect(await ids({})).toEqual(['a3', 'a2', 'c1', 'a1', 'b'])
      expect(await ids({ tenant: 'acme' })).toEqual(['a3', 'a2', 'a1'])
      expect(await ids({ tenant: 'acme', limit: 2 })).toEqual(['a3', 'a2'])
      expect(await ids({ tenant: 'acme', limit: 2, after: 'a2' })).toEqual(['a1'])
      expect(await ids({ after: 'c1' })).toEqual(['a1', 'b'])
      expect(await ids({ after: 'b' })).toEqual([])
      for (const filter of [{ after: 'unknown' }, { tenant: 'acme', after: 'c1' }])
        await expect(ids(filter)).rejects.toEqual(code('E_BAD_REQUEST'))
    })

    test('must exist before a file is submitted', async () => {
      await expect(ledger.store.submit('unknown', 0, 'a.png', sampleWork('k'))).rejects.toEqual(
        code('E_NOT_FOUND'),
      )
    })
  })

  describe('list', () => {
    test('is in order of batches, then places', async () => {
      await ledger.submit(1, 'b1')
      await ledger.submit(0, 'b0')
      await tick()
      await ledger.store.openBatch('a')
      await ledger.store.submit('a', 0, 'later.png', sampleWork('a0'))
      expect((await ledger.store.list({})).map((job) => job.key)).toEqual(['b0', 'b1', 'a0'])
    })

    test('filters by batch and status', async () => {
      await ledger.store.openBatch('c')
      await ledger.submit(0, 'k0')
      await ledger.submit(1, 'k1')
      await ledger.store.submit('c', 0, 'c.png', sampleWork('k2'))
      await ledger.end('k1', 'needs_review')
      const keys = async (filter: JobFilter) => (await ledger.store.list(filter)).map((job) => job.key)
      expect(await keys({ batchId: 'c' })).toEqual(['k2'])
      expect(await keys({ status: ['needs_review'] })).toEqual(['k1'])
      expect(await keys({ batchId: 'b', status: ['queued', 'needs_review'] })).toEqual(['k0', 'k1'])
      expect(await keys({ status: [] })).toEqual([])
    })

    test('filters by tenant, alone and with a batch or states', async () => {
      await tick()
      await ledger.store.openBatch('of acme', { tenant: 'acme' })
      const jobs = []
      for (const place of [0, 1, 2]) {
        jobs.push(await ledger.store.submit('of acme', place, 'a.png', sampleWork(`a${place}`)))
        await ledger.submit(place, `k${place}`)
      }
      expect(jobs[0]!.tenant).toBe('acme')
      await ledger.end('a1', 'failed')
      await ledger.end('k1', 'failed')
      const keys = async (filter: JobFilter) => (await ledger.store.list(filter)).map((job) => job.key)
      expect(await keys({ tenant: 'local' })).toEqual(['k0', 'k1', 'k2'])
      expect(await keys({ tenant: 'acme', status: ['failed'] })).toEqual(['a1'])
      expect(await keys({ tenant: 'acme', status: ['failed', 'queued'] })).toEqual(['a0', 'a1', 'a2'])
      expect(await keys({ tenant: 'acme', batchId: 'of acme' })).toEqual(['a0', 'a1', 'a2'])
      expect(await keys({ tenant: 'acme', batchId: 'b' })).toEqual([])
      expect(await keys({ tenant: 'acme', after: jobs[0]!.id })).toEqual(['a1', 'a2'])
      expect(await keys({ tenant: 'nobody' })).toEqual([])
    })

    test.each<[string, JobFilter, string]>([
      ['everything', {}, 'k0 k1 k2 k3 k4 k5'],
      ['a batch', { batchId: 'b' }, 'k0 k2 k4'],
      ['a state', { status: ['failed'] }, 'k1 k4'],
      ['several states', { status: ['queued', 'failed', 'failed', 'accepted'] }, 'k0 k1 k2 k3 k4 k5'],
      ['states of a batch', { batchId: 'c', status: ['queued', 'failed'] }, 'k1 k3'],
      ['states of a tenant', { tenant: 'local', status: ['accepted', 'queued'] }, 'k0 k2 k3 k5'],
    ])('pages through %s once, in one order', async (_, filter, expected) => {
      await tick()
      await ledger.store.openBatch('c')
      for (let n = 0; n < 6; n++)
        await ledger.store.submit(n % 2 ? 'c' : 'b', n, 'x.png', sampleWork(`k${n}`))
      await ledger.end('k1', 'failed')
      await ledger.end('k4', 'failed')
      await ledger.end('k5', 'accepted')
      const seen: Job[] = []
      let page = await ledger.store.list({ ...filter, limit: 2 })
      while (page.length > 0) {
        seen.push(...page)
        page = await ledger.store.list({ ...filter, limit: 2, after: page.at(-1)!.id })
      }
      const inOrder = [...seen].sort((a, b) => a.batchId.localeCompare(b.batchId) || a.position - b.position)
      expect(seen).toEqual(inOrder)
      expect(
        seen
          .map(({ key }) => key)
          .sort()
          .join(' '),
      ).toBe(expected)
    })

    test('pages through everything once', async () => {
      await tick()
      await ledger.store.openBatch('c')
      for (const place of [0, 1, 2]) {
        await ledger.submit(place, `k${place}`)
        await ledger.store.submit('c', place, 'c.png', sampleWork(`c${place}`))
      }
      const seen: string[] = []
      let page = await ledger.store.list({ limit: 2 })
      while (page.length > 0) {
        seen.push(...page.map((job) => job.key))
        page = await ledger.store.list({ limit: 2, after: page.at(-1)!.id })
      }
      expect(seen).toEqual(['k0', 'k1', 'k2', 'c0', 'c1', 'c2'])
    })

    test('answers at most 100 unless told', async () => {
      for (let place = 0; place < 101; place++) await ledger.submit(place, 'k')
      expect(await ledger.store.list({})).toHaveLength(100)
      expect(await ledger.store.list({ limit: 200 })).toHaveLength(101)
    })

    test('refuses a cursor that is no job', async () => {
      await expect(ledger.store.list({ after: 'unknown' })).rejects.toEqual(code('E_BAD_REQUEST'))
    })

    test('refuses a cursor of another batch than the one that is listed', async () => {
      await ledger.store.openBatch('c')
      const { id: after } = await ledger.submit(0, 'k')
      await expect(ledger.store.list({ batchId: 'c', after })).rejects.toEqual(code('E_BAD_REQUEST'))
    })

    test('refuses a cursor of another tenant than the one whose jobs are listed', async () => {
      const { id: after } = await ledger.submit(0, 'k')
      await expect(ledger.store.list({ tenant: 'acme', after })).rejects.toEqual(code('E_BAD_REQUEST'))
      expect(await ledger.store.list({ tenant: 'local', after })).toEqual([])
    })

    test('does not find an unknown job', async () => {
      expect(await ledger.store.get('unknown')).toBeNull()
    })
  })

  test('counts name every status', async () => {
    await ledger.store.openBatch('c')
    await ledger.submit(0, 'k0')
    await ledger.submit(1, 'k1')
    await ledger.store.submit('c', 0, 'c.png', sampleWork('k2'))
    await ledger.end('k1', 'accepted')
    const none = {
      queued: 0,
      accepted: 0,
      running: 0,
      reprocessing: 0,
      needs_review: 0,
      reviewed: 0,
      rejected: 0,
      failed: 0,
      quarantined: 0,
      cancelled: 0,
    }
    expect(await ledger.store.counts()).toEqual({ ...none, queued: 2, accepted: 1 })
    expect(await ledger.store.counts({ batchId: 'b' })).toEqual({ ...none, queued: 1, accepted: 1 })
    await ledger.store.openBatch('of acme', { tenant: 'acme' })
    await ledger.store.submit('of acme', 0, 'a.png', sampleWork('k3'))
    expect(await ledger.store.counts({ tenant: 'local' })).toEqual({ ...none, queued: 2, accepted: 1 })
    expect(await ledger.store.counts({ tenant: 'acme' })).toEqual({ ...none, queued: 1 })
    expect(await ledger.store.counts({ tenant: 'acme', batchId: 'of acme' })).toEqual({ ...none, queued: 1 })
    expect(await ledger.store.counts({ tenant: 'acme', batchId: 'b' })).toEqual(none)
  })

  test('says when results were stored, and since when the oldest document waits', async () => {
    const { store } = ledger
    expect([...(await store.storedAt([]))]).toEqual([])
    expect(await store.oldestQueued('acme')).toBeNull()
    const first = await store.openBatch('w1', { tenant: 'acme' })
    await tick()
    await store.openBatch('w2', { tenant: 'acme' })
    await store.submit('w1', 0, 'a.png', sampleWork('k1'))
    await store.submit('w2', 0, 'b.png', sampleWork('k2'))
    expect(await store.oldestQueued('acme')).toBe(first.createdAt)
    const lease = await store.lease('k1')
    await store.finish('k1', lease!.token, 'accepted', sampleResult())
    const stored = await store.storedAt(['k1', 'k2'])
    expect([...stored.keys()]).toEqual(['k1'])
    expect(stored.get('k1')! >= first.createdAt).toBe(true)
    expect(await store.oldestQueued('acme')).not.toBe(first.createdAt)
    expect(await store.oldestQueued('other')).toBeNull()
  })
}
