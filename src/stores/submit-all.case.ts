import { describe, expect, test } from 'vitest'
import type { SubmittedBatch, WorkFile } from '../core/jobs.ts'
import { code, testLedger, tick, type OpenLedger } from './ledger.case.ts'
import { sampleWork } from './samples.case.ts'

const file = (key: string): WorkFile => ({ file: `${key}.png`, work: sampleWork(key) })
/** Which no ledger can record. */
const impossible: WorkFile = { file: null as never, work: sampleWork('impossible') }
const details = { tenant: 'acme', callback: 'https://acme.test/told', request: 'r' }

export function testSubmitAll(open: OpenLedger): void {
  const ledger = testLedger(open)
  const submit = (id: string, ...files: readonly WorkFile[]): Promise<SubmittedBatch> =>
    ledger.store.submitAll(id, details, files)

  describe('submitAll', () => {
    test('opens a batch with its files in order', async () => {
      await ledger.submit(0, 'done')
      await ledger.end('done', 'accepted')
      const { batch, jobs } = await submit('all', file('one'), file('done'), file('one'))
      expect(batch).toEqual(await ledger.store.batch('all'))
      expect(batch).toMatchObject(details)
      expect(jobs).toMatchObject([
        { batchId: 'all', tenant: 'acme', position: 0, file: 'one.png', key: 'one', status: 'queued' },
        { position: 1, file: 'done.png', key: 'done', status: 'accepted' },
        { position: 2, key: 'one', status: 'queued' },
      ])
      expect(await ledger.store.list({ batchId: 'all' })).toEqual(jobs)
    })

    test('again answers the same jobs, and adds those that are gone', async () => {
      const first = await submit('all', file('one'), file('two'))
      expect(await submit('all', file('one'), file('two'))).toEqual(first)
      await ledger.store.delete(first.jobs[0]!.id)
      const { jobs } = await submit('all', file('one'), file('two'))
      expect(jobs[0]).toMatchObject({ position: 0, key: 'one', status: 'queued' })
      expect(jobs[1]).toEqual(first.jobs[1])
    })

    test('in parallel is one batch', async () => {
      const all = await Promise.all(Array.from({ length: 20 }, () => submit('all', file('one'), file('two'))))
      for (const one of all) expect(one).toEqual(all[0])
      expect(await ledger.store.list({ batchId: 'all' })).toHaveLength(2)
    })

    test('refuses another request for a batch, and leaves the batch as it is', async () => {
      const { jobs } = await submit('all', file('one'))
      const other = ledger.store.submitAll('all', { ...details, request: 'other' }, [file('1'), file('2')])
      await expect(other).rejects.toEqual(code('E_IDEMPOTENCY_CONFLICT'))
      expect(await ledger.store.list({ batchId: 'all' })).toEqual(jobs)
      expect(await ledger.store.work('1')).toBeNull()
    })

    test('records nothing of a batch that fails, and all of those beside it', async () => {
      const good = Array.from({ length: 20 }, (_, i) => `good${i}`)
      const bad = submit('bad', file('first of bad'), impossible)
      const recorded = good.map((id) => submit(id, file(id), file('shared')))
      await expect(bad).rejects.toThrow()
      for (const [i, { jobs }] of (await Promise.all(recorded)).entries()) {
        expect(jobs).toHaveLength(2)
        expect(await ledger.store.list({ batchId: good[i]! })).toEqual(jobs)
      }
      expect(await ledger.store.batch('bad')).toBeNull()
      expect(await ledger.store.work('first of bad')).toBeNull()
      expect(await submit('bad', file('first of bad'))).toMatchObject({ batch: { id: 'bad' } })
    })

    test('has no batch ended before its last file is there', async () => {
      await ledger.submit(0, 'done')
      await ledger.end('done', 'accepted')
      const files = [...Array<WorkFile>(50).fill(file('done')), file('open')]
      const submitted = submit('all', ...files)
      const looks: unknown[] = []
      for (let isThere = false; !isThere; isThere = (await ledger.store.batch('all')) !== null) {
        looks.push(...(await ledger.store.callbacks.take('2100', '2101', 10)))
        await tick()
      }
      expect(looks).toEqual([])
      expect((await submitted).jobs).toHaveLength(51)
      expect(await ledger.store.callbacks.take('2100', '2101', 10)).toEqual([])
    })
  })

  test('knows which blobs are needed', async () => {
    const { jobs } = await submit('all', { file: 'a', work: sampleWork('k', { templates: 't'.repeat(64) }) })
    const blobs = [sampleWork('k').blob, 't'.repeat(64)]
    for (const blob of blobs) expect(await ledger.store.needs(blob)).toBe(true)
    await ledger.store.delete(jobs[0]!.id)
    for (const blob of blobs) expect(await ledger.store.needs(blob)).toBe(false)
  })
}
