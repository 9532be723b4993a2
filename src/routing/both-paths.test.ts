import { expect, test } from 'vitest'
import type { ErrorReport } from '../core/errors.ts'
import type { ExtractionPath, Fields, Scalar } from '../core/extraction.ts'
import type { Attempt } from '../core/judging.ts'
import { bothPaths } from './both-paths.ts'
import { toResult } from './to-result.ts'

const error: ErrorReport = { code: 'E_ENGINE', message: 'No.', retryable: false }
const broken = (path: ExtractionPath): Attempt => ({ path, ok: false, error, ms: 1 })

function read(
  path: ExtractionPath,
  values: Record<string, Scalar>,
  value = 0.9,
  codes: string[] = [],
): Attempt {
  const fields: Fields = {}
  for (const [key, v] of Object.entries(values))
    fields[`/${key}`] = { value: v, text: v === null ? null : String(v), confidence: value, source: null }
  const flags = codes.map((code) => ({ code, field: null, message: '' }))
  const extraction = {
    documentType: 'bill',
    path,
    data: values,
    fields,
    violations: [],
    producedBy: {},
    ms: 1,
  }
  const scores = Object.fromEntries(Object.keys(fields).map((p) => [p, value]))
  return { path, ok: true, extraction, score: { value, fields: scores, flags } }
}

test.each<[string, Attempt, Attempt, string, RegExp]>([
  ['agree', read('direct', { total: 9 }), read('modular', { total: 9 }), 'accept', /agree/],
  ['write a name in two ways', read('direct', { name: 'CAFÉ LA-LA' }), read('modular', { name: 'Café La La' }), 'accept', /agree/],
  ['differ in a decimal point', read('direct', { sum: '1.50' }), read('modular', { sum: '150' }), 'review', /differ on \/sum/],
  ['differ in a value', read('direct', { total: 9 }), read('modular', { total: 8 }), 'review', /differ on \/total/],
  ['differ in what is there', read('direct', { tip: null }), read('modular', { tip: 1 }), 'review', /differ on \/tip/],
  ['agree on what is flagged', read('direct', { total: 9 }), read('modular', { total: 9 }, 0.9, ['LOW']), 'review', /flagged: LOW/],
  ['are one', broken('direct'), read('modular', { total: 9 }), 'review', /only the modular path/],
  ['are none', broken('direct'), broken('modular'), 'fail', /no path/],
])('verdict where the paths %s', (_, direct, modular, action, reason) => {
  expect(bothPaths.decide([direct, modular])).toMatchObject({ action, reason: expect.stringMatching(reason) })
}) // prettier-ignore

test('the surer reading counts, and every field says what the other one read', () => {
  const attempts = [read('direct', { total: 8 }, 0.4), read('modular', { total: 9 }, 0.8)] as const
  const verdict = bothPaths.decide(attempts)
  const result = toResult({ documentType: 'bill', route: 'both', attempts, verdict, ms: 2 })
  expect(result.data).toEqual({ total: 9 })
  expect(result.fields['/total']).toMatchObject({
    path: 'modular',
    value: 9,
    alternatives: [{ path: 'direct', value: 8, text: '8', confidence: 0.4 }],
  })
  expect(result.attempts.map((a) => a.path)).toEqual(['direct', 'modular'])
  expect(result.flags).toEqual([
    {
      code: 'PATHS_DIFFER',
      field: '/total',
      message: '/total: the direct path read "8", the modular path read "9".',
    },
  ])
})

test('what only the less sure path has found is shown beside nothing', () => {
  const attempts = [
    read('direct', { total: 9, tip: 1 }, 0.4, ['LOW']),
    read('modular', { total: 9 }, 0.8),
  ] as const
  const verdict = bothPaths.decide(attempts)
  const result = toResult({ documentType: 'bill', route: 'both', attempts, verdict, ms: 2 })
  expect(result.fields['/tip']).toMatchObject({ value: null, alternatives: [{ path: 'direct', value: 1 }] })
  expect(result.flags.map((f) => f.code)).toEqual(['LOW', 'PATHS_DIFFER'])
})
