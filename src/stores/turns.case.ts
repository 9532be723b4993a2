import { describe, expect, test } from 'vitest'
import {
  earlier,
  failedAttempt,
  failedResult,
  later,
  testLedger,
  tick,
  type OpenLedger,
} from './ledger.case.ts'
import { sampleWork } from './samples.case.ts'

export function testTurns(open: OpenLedger): void {
  const ledger = testLedger(open)

  /** A batch of these keys. */
  async function submitAll(
    id: string,
    keys: readonly string[],
    tenant = 'local',
    priority = 0,
  ): Promise<void> {
    const files = keys.map((key) => ({ file: `${key}.png`, work: sampleWork(key) }))
    await ledger.store.submitAll(id, { tenant, priority }, files)
    await tick()
  }

  const keysOf = async (limit = 100) => (await ledger.store.turns(limit)).flatMap(({ keys }) => keys)

  describe('whose documents wait', () => {
    test('is told by tenant, the oldest documents first, and each key once', async () => {
      await submitAll('b1', ['x', 'y', 'x'], 'acme')
      await submitAll('b2', ['z'], 'zeta')
      await submitAll('b3', ['v', 'w'], 'acme')
      expect(await ledger.store.turns(100)).toEqual([
        { tenant: 'acme', running: 0, keys: ['x', 'y', 'v', 'w'] },
        { tenant: 'zeta', running: 0, keys: ['z'] },
      ])
      expect(await keysOf(2)).toEqual(['x', 'y', 'z'])
    })

    test('puts first what has a higher priority, or was asked for anew', async () => {
      await submitAll('b1', ['x', 'y', 'z'])
      await submitAll('b2', ['w'], 'local', 1)
      expect(await keysOf()).toEqual(['w', 'x', 'y', 'z'])
      const [last] = (await ledger.store.list({ batchId: 'b1' })).slice(-1)
      await ledger.store.cancel(last!.id)
      expect(await keysOf()).toEqual(['w', 'x', 'y'])
      await ledger.store.retry(last!.id)
      expect(await keysOf()).toEqual(['z', 'w', 'x', 'y'])
    })

    test('leaves out what is being read, and counts it', async () => {
      await submitAll('b1', ['x', 'y', 'z'])
      await ledger.mustClaim('x')
      const { token } = await ledger.mustClaim('y')
      await ledger.store.reprocess('y', token, [failedAttempt])
      expect(await ledger.store.turns(100)).toEqual([{ tenant: 'local', running: 2, keys: ['z'] }])
    })

    test('leaves out what waits for an earlier reading of the same', async () => {
      await submitAll('b1', ['x'])
      const { token } = await ledger.mustClaim('x')
      await submitAll('b2', ['x'])
      expect(await ledger.store.turns(100)).toEqual([])
      await ledger.store.release('x', token)
      expect(await keysOf()).toEqual(['x'])
    })

    test('names what is queued again after a passing fault, and nothing that has ended', async () => {
      await submitAll('b1', ['x', 'y'])
      await ledger.end('y', 'accepted')
      const { token } = await ledger.mustClaim('x')
      const error = { code: 'E_TIMEOUT', message: 'It took too long.', retryable: false } as const
      await ledger.store.finish('x', token, 'failed', { ...failedResult, error })
      expect(await ledger.store.turns(100)).toEqual([])
      await submitAll('b1', ['x', 'y'])
      expect(await keysOf()).toEqual(['x'])
    })
  })

  describe('what was abandoned', () => {
    test('is what is being read and was not renewed', async () => {
      await submitAll('b1', ['x', 'y', 'z'])
      for (const key of ['y', 'x']) {
        await ledger.mustClaim(key)
        await tick()
      }
      expect(await ledger.store.abandoned(later(), 100)).toEqual(['y', 'x'])
      expect(await ledger.store.abandoned(later(), 1)).toEqual(['y'])
      expect(await ledger.store.abandoned(earlier(), 100)).toEqual([])
    })

    test('is also what was given out for reprocessing and not taken', async () => {
      await submitAll('b1', ['x'])
      const { token } = await ledger.mustClaim('x')
      await ledger.store.reprocess('x', token, [failedAttempt])
      expect(await ledger.store.abandoned(later(), 100)).toEqual(['x'])
    })
  })

  test('counts what waits, of a tenant and of all', async () => {
    await submitAll('b1', ['x', 'y'], 'acme')
    await submitAll('b2', ['z'], 'zeta')
    await ledger.mustClaim('y')
    expect(await ledger.store.countQueued('acme')).toBe(1)
    expect(await ledger.store.countQueued('nobody')).toBe(0)
    expect(await ledger.store.countQueued()).toBe(2)
  })
}
