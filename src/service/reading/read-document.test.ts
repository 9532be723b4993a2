import { expect, test } from 'vitest'
import type { Attempt } from '../../core/judging.ts'
import { strategyPlans } from '../../routing/strategies.ts'
import type { RunTask } from '../../compute/run-task.ts'
import { attemptPath, type Reader } from './read-document.ts'

const type = { name: 'receipt', file: null, hash: '1' }
const vlm = { name: 'onnx', timeoutMs: 1000 }
const bytes = new Uint8Array()

const failedAfter = (ms: number): Attempt => ({
  path: 'direct',
  ok: false,
  error: { code: 'E_ENGINE', message: 'It did not read.', retryable: false },
  ms,
})

/** A reader whose tasks end at their allowance, and what they were allowed. */
function ending(documentMs: number): { reader: Reader; allowed: (number | undefined)[] } {
  const allowed: (number | undefined)[] = []
  const run: RunTask = (_, __, options) => {
    allowed.push(options?.allowance?.ms)
    return Promise.reject(options?.allowance?.error ?? new Error('There is no allowance.'))
  }
  return { reader: { run, plans: strategyPlans, ocr: 'pp-ocr', vlm, pageMs: 1000, documentMs }, allowed }
}

test.each([
  [1_800_000, [], 1_800_000],
  [60_000, [failedAfter(20_000)], 40_000],
  [60_000, [failedAfter(20_000), failedAfter(39_999)], 1],
])('of %d ms a path has what the attempts before it left', async (documentMs, earlier, left) => {
  const { reader, allowed } = ending(documentMs)
  const attempt = await attemptPath(reader, bytes, type, 'both', 'modular', { earlier })
  expect(allowed).toEqual([left])
  expect(attempt).toMatchObject({
    ok: false,
    error: {
      code: 'E_TIMEOUT',
      message: expect.stringContaining(`the ${documentMs / 1000} s that a document`),
    },
  })
})

test.each([
  [60_000, [failedAfter(60_000)]],
  [60_000, [failedAfter(30_000), failedAfter(40_000)]],
  [1000, [failedAfter(1001)]],
])('of %d ms that are over nothing is started', async (documentMs, earlier) => {
  const { reader, allowed } = ending(documentMs)
  const attempt = await attemptPath(reader, bytes, type, 'auto', 'modular', { earlier })
  expect(allowed).toEqual([])
  expect(attempt).toMatchObject({ ok: false, error: { code: 'E_TIMEOUT' } })
  expect(JSON.stringify(attempt)).toContain('PARALLAX_DOCUMENT_SECONDS')
})
