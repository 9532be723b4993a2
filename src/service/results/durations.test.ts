import { expect, test } from 'vitest'
import type { Job } from '../../core/jobs.ts'
import { sampleResult } from '../../stores/samples.case.ts'
import { collectDurations } from './durations.ts'
import { namedResult } from './result-of-job.ts'

const job = { createdAt: '2026-01-01T00:00:00.000Z' } as Job
const result = namedResult('a.png', sampleResult({ ms: 2_000 }))

test('what waited and was read is counted where it belongs', async () => {
  const durations = collectDurations()
  durations.add(job, result, '2026-01-01T00:00:12.000Z')
  durations.add(job, result, '2025-12-31T00:00:00.000Z') // Read before, for somebody else.
  durations.add(
    job,
    { ...result, error: { code: 'E_CORRUPT', message: '', retryable: false } },
    job.createdAt,
  )
  durations.add(job, result, '')
  const text = await durations.text(null)
  expect(text).toContain('parallax_reading_seconds_bucket{le="1",type="receipt"} 0')
  expect(text).toContain('parallax_reading_seconds_bucket{le="2.5",type="receipt"} 2')
  expect(text).toContain('parallax_reading_seconds_sum{type="receipt"} 4')
  expect(text).toContain('parallax_waiting_seconds_bucket{le="1",type="receipt"} 1')
  expect(text).toContain('parallax_waiting_seconds_sum{type="receipt"} 10')
  expect(text).toMatch(/^parallax_oldest_waiting_seconds 0$/m)
})

test('the oldest that waits is as old as it is', async () => {
  const minuteAgo = new Date(Date.now() - 60_000).toISOString()
  const [, seconds] = /^parallax_oldest_waiting_seconds (\S+)$/m.exec(
    await collectDurations().text(minuteAgo),
  )!
  expect(Number(seconds)).toBeGreaterThanOrEqual(60)
})
