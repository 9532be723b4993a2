import { once } from 'node:events'
import { expect, test } from 'vitest'
import { ParallaxError } from '../../core/errors.ts'
import { holdingLease } from './hold-lease.ts'

const lease = { key: 'k', token: 't' }
const everyMs = 2

/** A ledger that answers renewals in this order, then that all is well; an error is thrown. */
function ledger(...answers: (boolean | Error)[]) {
  const renewed: string[][] = []
  let told = (): void => {}
  const renewedOften = new Promise<void>((resolve) => (told = resolve))
  const renew = async (key: string, token: string): Promise<boolean> => {
    renewed.push([key, token])
    if (renewed.length === 3) told()
    const answer = answers.shift() ?? true
    if (answer instanceof Error) throw answer
    return answer
  }
  return { renew, renewed, renewedOften }
}

const untilAborted = async (signal: AbortSignal): Promise<never> => {
  await once(signal, 'abort')
  throw signal.reason
}

test('renews a lease until the work is done, and then no more', async () => {
  const { renewedOften, renewed, ...store } = ledger()
  expect(await holdingLease(store, lease, everyMs, () => renewedOften.then(() => 'done'))).toBe('done')
  const often = renewed.length
  expect(new Set(renewed.map(String))).toEqual(new Set(['k,t']))
  await new Promise((resolve) => setTimeout(resolve, 10 * everyMs))
  expect(renewed).toHaveLength(often)
})

test.each(['rejects', 'goes on all the same'])(
  'tells work that nobody wants any more, which then %s',
  async (how) => {
    const work = async (signal: AbortSignal) =>
      untilAborted(signal).catch((e: unknown) => how === 'rejects' && Promise.reject(e))
    expect(await holdingLease(ledger(true, false), lease, everyMs, work)).toBeNull()
  },
)

test('goes on while the ledger is away', async () => {
  const { renewedOften, ...store } = ledger(new ParallaxError('E_STORAGE', 'The disk is full.'))
  expect(await holdingLease(store, lease, everyMs, () => renewedOften.then(() => 'done'))).toBe('done')
})

test('tells any other failure of the ledger, and one of the work', async () => {
  const broken = ledger(new TypeError('a mistake'))
  await expect(holdingLease(broken, lease, everyMs, untilAborted)).rejects.toThrow('a mistake')
  const failing = () => Promise.reject(new TypeError('of the work'))
  await expect(holdingLease(ledger(), lease, everyMs, failing)).rejects.toThrow('of the work')
})
