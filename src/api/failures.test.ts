import { expect, test } from 'vitest'
import { ParallaxError } from '../core/errors.ts'
import { countFailures, type Clock, type FailureLimits } from './failures.ts'

const wrong = new ParallaxError('E_AUTH', 'Not a key.')

/** A clock that a test turns; waits are noted and end when they are let go. */
function handClock() {
  const at = { now: 0, waits: [] as number[], letGo: [] as (() => void)[] }
  const clock: Clock = {
    now: () => at.now,
    wait: (ms) => new Promise<void>((end) => (at.waits.push(ms), at.letGo.push(end))),
  }
  return { at, clock }
}

function open(limits: Partial<FailureLimits> = {}) {
  const { at, clock } = handClock()
  const failures = countFailures({ perMinute: 100, atOnce: 10, waiting: 200, ...limits }, clock)
  const fail = async (address = 'a') => {
    const { error, retryAfter } = await failures.refusal(address, wrong)
    return [error.code, retryAfter] as const
  }
  return { at, fail }
}

/** What is asked without waiting for the answer before. */
const many = <T>(count: number, ask: () => Promise<T>) => Array.from({ length: count }, ask)

test('the first failures are answered at once, further ones twice as late each time, up to two seconds', async () => {
  const { at, fail } = open()
  expect(await Promise.all(many(10, fail))).toEqual(Array(10).fill(['E_AUTH', null]))
  expect(at.waits).toEqual([])
  const later = many(9, fail)
  expect(at.waits).toEqual([50, 100, 200, 400, 800, 1600, 2000, 2000, 2000])
  at.letGo.forEach((end) => end())
  expect(await Promise.all(later)).toEqual(Array(9).fill(['E_AUTH', null]))
})

test('too many of a minute are told when to come back, and are forgotten then; another address is not theirs', async () => {
  const { at, fail } = open({ perMinute: 3 })
  await Promise.all(many(3, fail))
  at.now = 12_400
  expect(await fail()).toEqual(['E_BUSY', 48])
  expect(await fail('b')).toEqual(['E_AUTH', null])
  at.now = 60_000
  expect(await fail()).toEqual(['E_AUTH', null])
})

test('no more answers wait than may, whatever address asks', async () => {
  const { at, fail } = open({ atOnce: 0, waiting: 4 })
  const held = [...many(2, fail), ...many(2, () => fail('b'))]
  expect(await fail('c')).toEqual(['E_BUSY', 2])
  at.letGo.splice(0, 1).forEach((end) => end())
  await held[0]
  const next = fail('c')
  expect(at.waits).toHaveLength(5)
  at.letGo.forEach((end) => end())
  expect(await Promise.all([...held, next])).toEqual(Array(5).fill(['E_AUTH', null]))
})
