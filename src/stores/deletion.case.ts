import { expect, test } from 'vitest'
import { earlier, later, testLedger, tick, type OpenLedger } from './ledger.case.ts'
import { sampleResult, sampleWork } from './samples.case.ts'

export function testDeletion(open: OpenLedger): void {
  const ledger = testLedger(open)

  const blobOf = (key: string): string => sampleWork(key).blob

  test('a job with all that came from it', async () => {
    const { id } = await ledger.submit(0, 'k')
    await ledger.submit(1, 'other')
    await ledger.end('k', 'needs_review')
    await ledger.store.correct([{ jobId: id, field: '/total', before: 1, after: 2, by: 'ann', at: later() }])
    expect(await ledger.store.delete(id)).toEqual({ blobs: [blobOf('k')] })
    expect(await ledger.store.get(id)).toBeNull()
    expect(await ledger.store.corrections(id)).toEqual([])
    expect(await ledger.store.result('k')).toBeNull()
    expect(await ledger.store.work('k')).toBeNull()
    expect((await ledger.store.list({})).map(({ key }) => key)).toEqual(['other'])
    expect(await ledger.store.delete(id)).toBeNull()
  })

  test('nothing that another job of the same key stands on', async () => {
    const [a, b] = [await ledger.submit(0, 'k'), await ledger.submit(1, 'k')]
    await ledger.end('k', 'accepted')
    expect(await ledger.store.delete(a.id)).toEqual({ blobs: [] })
    expect(await ledger.store.result('k')).not.toBeNull()
    expect(await ledger.statusOf(b.id)).toBe('accepted')
    expect(await ledger.store.delete(b.id)).toEqual({ blobs: [blobOf('k')] })
    expect(await ledger.store.result('k')).toBeNull()
  })

  test('no bytes and no templates that other work needs', async () => {
    const of = (key: string) => sampleWork(key, { blob: blobOf('same'), templates: blobOf('templates') })
    const a = await ledger.store.submit('b', 0, 'a.png', of('a'))
    const b = await ledger.store.submit('b', 1, 'a.png', of('b'))
    expect(await ledger.store.delete(a.id)).toEqual({ blobs: [] })
    expect(await ledger.store.delete(b.id)).toEqual({ blobs: [blobOf('same'), blobOf('templates')] })
  })

  test('no bytes where there never were any', async () => {
    const { id } = await ledger.store.submit('b', 0, 'missing.png', sampleWork('k', { blob: '' }))
    expect(await ledger.store.delete(id)).toEqual({ blobs: [] })
  })

  test('what a job was before its file changed', async () => {
    const { id } = await ledger.submit(0, 'old')
    await ledger.end('old', 'accepted')
    await ledger.submit(0, 'new')
    const { blobs } = (await ledger.store.delete(id))!
    expect(blobs.toSorted()).toEqual([blobOf('new'), blobOf('old')])
    expect(await ledger.store.result('old')).toBeNull()
    expect(await ledger.store.work('old')).toBeNull()
  })

  test('not what a job was before, where another job is that now', async () => {
    const { id } = await ledger.submit(0, 'old')
    await ledger.end('old', 'accepted')
    await ledger.submit(0, 'new')
    const other = await ledger.submit(1, 'old')
    expect(await ledger.store.delete(id)).toEqual({ blobs: [blobOf('new')] })
    expect(await ledger.statusOf(other.id)).toBe('accepted')
    expect(await ledger.store.delete(other.id)).toEqual({ blobs: [blobOf('old')] })
  })

  test('a batch with its last job, which can then be opened anew', async () => {
    const [a, b] = [await ledger.submit(0, 'k0'), await ledger.submit(1, 'k1')]
    await ledger.store.delete(a.id)
    expect(await ledger.store.batch('b')).not.toBeNull()
    await ledger.store.delete(b.id)
    expect(await ledger.store.batch('b')).toBeNull()
    expect(await ledger.store.openBatch('b', { tenant: 'acme' })).toMatchObject({ tenant: 'acme' })
    expect(await ledger.submit(0, 'k0')).toMatchObject({ status: 'queued', tenant: 'acme' })
  })

  test('a job that is queued, and nobody waits for its work any more', async () => {
    const { id } = await ledger.submit(0, 'k')
    expect(await ledger.store.delete(id)).not.toBeNull()
    expect(await ledger.store.lease('k')).toBeNull()
    expect(await ledger.store.turns(100)).toEqual([])
  })

  test('a job that is being read; what comes of that is then refused', async () => {
    const { id } = await ledger.submit(0, 'k')
    const { token } = await ledger.mustLease('k')
    expect(await ledger.store.delete(id)).toEqual({ blobs: [blobOf('k')] })
    expect(await ledger.store.renew('k', token)).toBe(false)
    expect(await ledger.store.reprocess('k', token, [])).toBe(false)
    expect(await ledger.store.release('k', token)).toBe(false)
    expect(await ledger.store.finish('k', token, 'accepted', sampleResult())).toBe(false)
    expect(await ledger.store.recordCrash('k')).toBe(0)
    expect(await ledger.store.result('k')).toBeNull()
  })

  test('a job of work that another job waits for, which is read on', async () => {
    const [a, b] = [await ledger.submit(0, 'k'), await ledger.submit(1, 'k')]
    const { token } = await ledger.mustLease('k')
    expect(await ledger.store.delete(a.id)).toEqual({ blobs: [] })
    expect(await ledger.store.renew('k', token)).toBe(true)
    expect(await ledger.store.finish('k', token, 'accepted', sampleResult())).toBe(true)
    expect(await ledger.statusOf(b.id)).toBe('accepted')
  })

  test('owes what is to be done for it, until it is done', async () => {
    const { id } = await ledger.submit(0, 'k')
    await ledger.submit(1, 'other')
    expect(await ledger.store.isCompactionOwed()).toBe(false)
    await ledger.store.delete(id)
    expect(await ledger.store.removals(10)).toEqual([blobOf('k')])
    expect(await ledger.store.isCompactionOwed()).toBe(true)
    const removed: string[] = []
    expect(await ledger.store.removeBlob(blobOf('k'), async () => void removed.push('k'))).toBe(true)
    expect(await ledger.store.removals(10)).toEqual([])
    await ledger.store.compact()
    expect(await ledger.store.isCompactionOwed()).toBe(false)
    expect(removed).toEqual(['k'])
  })

  test('owes on what could not be removed, and nothing that is needed again', async () => {
    await ledger.store.delete((await ledger.submit(0, 'k')).id)
    const full = () => Promise.reject(new Error('no disk'))
    await expect(ledger.store.removeBlob(blobOf('k'), full)).rejects.toThrow('no disk')
    expect(await ledger.store.removals(10)).toEqual([blobOf('k')])
    await ledger.store.openBatch('b')
    await ledger.submit(0, 'k')
    expect(await ledger.store.removeBlob(blobOf('k'), full)).toBe(false)
    expect(await ledger.store.removals(10)).toEqual([])
  })

  test('knows what is needed, and by whom', async () => {
    const templates = blobOf('templates')
    const job = await ledger.store.submit('b', 0, 'a.png', sampleWork('k', { templates }))
    for (const blob of [blobOf('k'), templates]) {
      expect(await ledger.store.neededBlobs(blob.slice(0, 2))).toContain(blob)
      expect(await ledger.store.jobsWith(blob, 10)).toEqual([job.id])
    }
    expect(await ledger.store.neededBlobs(blobOf('other').slice(0, 6))).toEqual([])
  })

  test('many jobs at once', async () => {
    const jobs = await Promise.all(Array.from({ length: 10 }, (_, n) => ledger.submit(n, `k${n % 5}`)))
    const deleted = await Promise.all(jobs.map(({ id }) => ledger.store.delete(id)))
    const blobs = deleted.flatMap((one) => one?.blobs ?? [])
    expect([...blobs].sort()).toEqual(['k0', 'k1', 'k2', 'k3', 'k4'].map(blobOf).sort())
    expect(await ledger.store.list({})).toEqual([])
  })

  test('what has ended before a time, the oldest first', async () => {
    for (const [place, key] of ['queued', 'running', 'doubtful', 'b', 'a', 'c'].entries())
      await ledger.submit(place, key)
    await ledger.mustLease('running')
    await ledger.end('doubtful', 'needs_review')
    for (const key of ['a', 'b', 'c']) {
      await tick()
      await ledger.end(key, key === 'b' ? 'failed' : 'accepted')
    }
    const keys = async (before: string, limit = 100) =>
      (await ledger.store.endedBefore(before, limit)).map(({ key }) => key)
    expect(await keys(later())).toEqual(['a', 'b', 'c'])
    expect(await keys(later(), 2)).toEqual(['a', 'b'])
    expect(await keys(earlier())).toEqual([])
  })

  test('and works on after its files were written anew', async () => {
    const { id } = await ledger.submit(0, 'k')
    await ledger.store.delete((await ledger.submit(1, 'gone')).id)
    await ledger.store.compact()
    expect(await ledger.statusOf(id)).toBe('queued')
    await ledger.end('k', 'accepted')
    expect(await ledger.statusOf(id)).toBe('accepted')
  })
}
