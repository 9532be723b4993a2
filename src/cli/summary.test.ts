import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { failedResult } from '../routing/to-result.ts'
import { sampleResult } from '../stores/samples.case.ts'
import { summaryOf, tally } from './summary.ts'

const flags = (...codes: string[]) => codes.map((code) => ({ code, field: null, message: '' }))
const flagged = (...codes: string[]) => ({
  file: 'a',
  ...sampleResult({ verdict: 'needs_review', flags: flags(...codes) }),
})
const failed = { code: 'E_CORRUPT', message: 'Broken.', retryable: false } as const

test('counts how documents ended and why', () => {
  const counts = tally()
  counts.add({ file: 'a', ...sampleResult() })
  counts.add(flagged('MISSING', 'MISSING'))
  counts.add(flagged('LINES_MISMATCH'))
  counts.add(flagged('MISSING', 'LINES_MISMATCH'))
  counts.add(flagged('MISSING'))
  counts.add({ file: 'a', ...failedResult('receipt', 'auto', failed) })
  expect(stripVTControlCharacters(summaryOf(counts)).split('\n')).toEqual([
    '6 documents: 1 accepted, 4 to review, 1 failed',
    '  flagged: MISSING 3, LINES_MISMATCH 2',
    '  failed:  E_CORRUPT 1',
    'No certificate was given: "accepted" means that no check objected, not that an error rate is proven.',
    '',
  ])
})

test('says no reasons where there are none', () => {
  const counts = tally()
  counts.add({ file: 'a', ...sampleResult() })
  expect(stripVTControlCharacters(summaryOf(counts))).toMatch(/^1 document: 1 accepted, 0 to review, 0 failed\nNo cert/)
}) // prettier-ignore
