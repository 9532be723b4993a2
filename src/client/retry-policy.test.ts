import { expect, test } from 'vitest'
import { pause, retryAfterMs, waitBefore } from './retry-policy.ts'

const retryPolicy = { retries: 3, maxWaitMs: 10_000 }

test('Retry-After is seconds or a date, and anything else says nothing', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  const waits = ['5', 'Thu, 01 Jan 2026 00:00:07 GMT', 'Wed, 31 Dec 2025 23:00:00 GMT', 'soon', null]
  expect(waits.map((header) => retryAfterMs(header, now))).toEqual([5000, 7000, 0, null, null])
})

test('waits as long as is asked for, or longer each time, and not for ever', () => {
  expect(waitBefore(retryPolicy, 0, 5000)).toBe(5000)
  expect(waitBefore(retryPolicy, 2, 10_000)).toBe(10_000)
  expect(waitBefore(retryPolicy, 3, 5000)).toBeNull()
  expect(waitBefore(retryPolicy, 0, 10_001)).toBeNull()
  const waits = [0, 1, 2].map((attempt) => waitBefore(retryPolicy, attempt, null)!)
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
  expect(waitBefore({ retries: 99, maxWaitMs: 800 }, 50, null)).toBe(800)
})

test('a pause ends with the reason of its signal', async () => {
  await pause(0)
  const reason = new Error('enough')
  await expect(pause(60_000, AbortSignal.abort(reason))).rejects.toBe(reason)
})
