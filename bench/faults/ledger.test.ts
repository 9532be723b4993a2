import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteLedger } from '../../src/stores/sqlite.ts'
import { sampleResult, sampleWork } from '../../src/stores/samples.case.ts'
import { account, leases, isTakenUp, readOf, statusOf, unfinishedJobs } from './ledger.ts'

let home: string
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'parallax-account-'))))
afterEach(() => rm(home, { recursive: true }))

const amiss = (acknowledged: readonly string[]): readonly string[] =>
  account(home, acknowledged)
    .filter(({ met }) => met === false)
    .map(({ name, value }) => `${name} ${value}`)

test('documents that are lost, stuck, failed or read twice are counted', async () => {
  const store = await openSqliteLedger(join(home, 'ledger.sqlite'))
  try {
    await store.openBatch('b', { tenant: 'local' })
    const submit = (n: number, key: string) => store.submit('b', n, `${n}.jpg`, sampleWork(key, { blob: `blob-${n % 2}` }))
    const [first, second] = [await submit(0, 'one'), await submit(1, 'two')]
    expect(amiss([first.id, 'gone'])).toEqual(['lost 1 (not 0)', 'stuck 2 (not 0)'])

    const lease = (await store.lease('one'))!
    expect([...leases(home)]).toEqual([['one', lease.token]])
    expect(isTakenUp(home, 'one', lease.token)).toBe(false)
    expect(isTakenUp(home, 'one', 'another')).toBe(true)
    await store.finish('one', lease.token, 'accepted', sampleResult({}))
    expect(isTakenUp(home, 'one', lease.token)).toBe(true)
    expect([statusOf(home, first.id), readOf(home, [first.id, second.id]), unfinishedJobs(home)]).toEqual(['accepted', 1, 1])

    await store.finish('two', (await store.lease('two'))!.token, 'failed', sampleResult({}))
    expect(amiss([first.id, second.id])).toEqual(['failed 1 (not 0)'])
    const again = await submit(2, 'three')
    await store.finish('three', (await store.lease('three'))!.token, 'accepted', sampleResult({}))
    expect(amiss([first.id, again.id])).toEqual(['duplicated 1 (not 0)', 'failed 1 (not 0)'])
  } finally {
    await store.close()
  }
}) // prettier-ignore
