import { expect, test } from 'vitest'
import type { Attempt, Consensus } from '../core/judging.ts'
import { extractionResultSchema, type Flag } from '../core/extraction-result.ts'
import { onePath } from './one-path.ts'
import { failedResult, toResult } from './to-result.ts'

const attempt = (flags: readonly Flag[] = []): Attempt => ({
  path: 'modular',
  ok: true,
  extraction: {
    documentType: 'bill',
    path: 'modular',
    data: { total: 9, note: null },
    fields: {
      '/total': {
        value: 9,
        text: 'RM9.00',
        confidence: 0.98,
        source: { page: 1, box: [0.6, 0.7, 0.8, 0.75], text: 'RM9.00' },
      },
      '/note': { value: null, text: null, confidence: 0, source: null },
    },
    violations: [],
    producedBy: { tesseract: '5.5', rules: '1' },
    words: [],
    crossCheck: null,
    sharpness: 0,
    ms: 210,
  },
  score: { value: 0.97654, fields: { '/total': 0.97654, '/note': 0 }, flags },
})
const flag = (code: string, field: Flag['field'] = null): Flag => ({ code, field, message: `${code}.` })
const error = { code: 'E_TIMEOUT', message: 'It took too long.', retryable: false } as const
const broken: Attempt = { path: 'modular', ok: false, error, ms: 30_000 }

const consensusOf = (made: Attempt): Consensus | null =>
  made.ok
    ? {
        data: made.extraction.data,
        fields: {
          '/total': {
            ...made.extraction.fields['/total']!,
            confidence: 0.977,
            certified: false,
            path: 'modular',
            grounded: true,
            alternatives: [],
          },
        },
        flags: made.score.flags,
        objections: made.score.flags,
        score: 0.977,
        reviewPriority: 0,
      }
    : null

const known = (made: Attempt) => ({ attempts: [made] as const, consensus: consensusOf(made) })

const rowOf = (made: Attempt) =>
  extractionResultSchema.parse({
    file: 'a.jpg',
    ...toResult({
      documentType: 'bill',
      route: 'auto',
      ...known(made),
      verdict: onePath('modular')(known(made)),
      ms: 230,
    }),
  })

test('an accepted document is a row with its data, fields and how it was made', () => {
  expect(rowOf(attempt())).toEqual({
    version: 1,
    file: 'a.jpg',
    documentType: 'bill',
    route: 'auto',
    reason: 'modular accepted',
    verdict: 'accepted',
    data: { total: 9, note: null },
    fields: {
      '/total': {
        value: 9,
        text: 'RM9.00',
        confidence: 0.977,
        source: { page: 1, box: [0.6, 0.7, 0.8, 0.75], text: 'RM9.00' },
        certified: false,
        path: 'modular',
        grounded: true,
        alternatives: [],
      },
    },
    flags: [],
    attempts: [{ path: 'modular', model: 'tesseract@5.5+rules@1', score: 0.977, ms: 210 }],
    error: null,
    ms: 230,
  })
})

test('a flagged document needs review and keeps what was read', () => {
  const result = rowOf(attempt([flag('TOTAL_MISMATCH', '/total')]))
  expect(result).toMatchObject({ verdict: 'needs_review', data: { total: 9 }, error: null })
  expect(result.flags).toEqual([flag('TOTAL_MISMATCH', '/total')])
})

test('a failed document is a row with the reason and without data', () => {
  expect(rowOf(broken)).toEqual({
    version: 1,
    file: 'a.jpg',
    documentType: 'bill',
    route: 'auto',
    reason: 'It took too long.',
    verdict: 'failed',
    data: null,
    fields: {},
    flags: [],
    attempts: [{ path: 'modular', model: '', score: null, ms: 30_000, error }],
    error,
    ms: 230,
  })
})

test('a file that nobody tried to read is a row too', () => {
  const gone = { code: 'E_NOT_FOUND', message: 'There is no such file.', retryable: false } as const
  const result = extractionResultSchema.parse({ file: 'a.jpg', ...failedResult('bill', 'auto', gone) })
  expect(result).toMatchObject({ verdict: 'failed', attempts: [], data: null, error: gone, ms: 0 })
})
