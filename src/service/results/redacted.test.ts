import { expect, test } from 'vitest'
import type { ErrorReport } from '../../core/errors.ts'
import { failedResult } from '../../routing/to-result.ts'
import { sampleResult } from '../../stores/samples.case.ts'
import { redactedError, redactedResult } from './redacted.ts'

const folder = '/srv/parallax/ledger.sqlite'
const error = (code: ErrorReport['code']): ErrorReport => ({
  code,
  message: `$& in ${folder}`,
  retryable: true,
})

test.each(['E_STORAGE', 'E_INTERNAL'] as const)('%s says nothing of the files of the service', (code) => {
  const attempt = { path: 'direct', model: '', score: null, ms: 1, error: error(code) } as const
  const result = redactedResult({ file: 'a.jpg', ...failedResult('receipt', 'auto', error(code), [attempt]) })
  expect(JSON.stringify(result)).not.toContain(folder)
  expect(result).toMatchObject({
    verdict: 'failed',
    error: { code, retryable: true },
    reason: result.error!.message,
  })
})

test('what is said of the document itself stays', () => {
  expect(redactedError(error('E_CORRUPT'))).toEqual(error('E_CORRUPT'))
  const row = { file: 'a.jpg', ...sampleResult() }
  expect(redactedResult(row)).toEqual(row)
  const rejected = {
    file: 'a.jpg',
    ...failedResult('receipt', 'auto', error('E_STORAGE')),
    reason: 'rejected by ann',
  }
  expect(redactedResult(rejected).reason).toBe('rejected by ann')
})
