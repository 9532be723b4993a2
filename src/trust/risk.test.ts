import { expect, test } from 'vitest'
import type { Scalar } from '../core/extraction.ts'
import { extractionResultSchema, type ExtractionResult, type ResultField } from '../core/extraction-result.ts'
import { outputFaults, riskOf, risksOf, safetyFaults } from './risk.ts'

const value = (own: Scalar, changes: Partial<ResultField> = {}, other?: Scalar): ResultField => ({
  value: own,
  text: own === null ? null : String(own),
  confidence: 0.9,
  source: null,
  certified: false,
  path: 'direct',
  grounded: null,
  alternatives: other === undefined ? [] : [{ path: 'modular', value: other, text: null, confidence: 0.5 }],
  ...changes,
})

const attempt = (model: string): ExtractionResult['attempts'][number] => ({
  path: 'direct',
  model,
  score: 1,
  ms: 1,
})
const flag = (code: string): ExtractionResult['flags'][number] => ({ code, field: null, message: `${code}.` })
const error = (code: string) => ({ code, message: 'It failed.', retryable: false })

const row = (changes: object = {}): ExtractionResult =>
  extractionResultSchema.parse({
    version: 1,
    file: 'a.jpg',
    documentType: 'receipt',
    route: 'auto',
    reason: 'asked for',
    verdict: 'accepted',
    data: {},
    fields: {},
    flags: [],
    attempts: [attempt('dense@1')],
    error: null,
    ms: 1,
    ...changes,
  })

const results = [
  row({ fields: { '/total': value(9, { grounded: true }), '/tip': value(null), '/tax': value(' ') } }),
  row({
    verdict: 'needs_review',
    attempts: [attempt('dense@1'), attempt('ocr@5')],
    flags: [flag('PATHS_DIFFER'), flag('PATHS_DIFFER'), flag('OUTPUT_REPAIRED'), flag('UNSAFE_LENGTH')],
    fields: {
      '/total': value(9, { grounded: false }, 9.001),
      '/date': value('2025-01-02', { grounded: true }, '2025-01-03'),
      '/merchant/name': value('Kedai Roti', { grounded: false }, 'KEDAI ROTI.'),
      '/time': value('10:00', {}, null),
      '/tip': value(null, {}, 1),
    },
  }),
  row({
    verdict: 'failed',
    attempts: [{ ...attempt(''), error: error('E_SCHEMA_MISMATCH') }],
    error: error('E_SCHEMA_MISMATCH'),
  }),
  row({ route: 'both', attempts: [attempt('dense@1'), attempt('ocr@5')], flags: [] }),
]

test('counts how documents ended, and why they were flagged', () => {
  expect(riskOf(results)).toMatchObject({
    documents: 4,
    accepted: { count: 2, of: 4, share: 0.5 },
    needsReview: { count: 1, of: 4, share: 0.25 },
    failed: { count: 1, of: 4, share: 0.25 },
    reprocessed: { count: 1, of: 4, share: 0.25 },
    flags: { PATHS_DIFFER: 2, OUTPUT_REPAIRED: 1, UNSAFE_LENGTH: 1 },
    errors: { E_SCHEMA_MISMATCH: 1 },
  })
})

test('values that no other reader finds, and those on which the paths agree', () => {
  // Values: 9 | 9, the date, the name, the time. Blank ones and nulls are none; one time only one path has.
  const { grounding, hallucinated, agreement } = riskOf(results)
  expect(grounding).toEqual({ yes: 2, no: 2, unknown: 1 })
  expect(hallucinated).toEqual({ count: 2, of: 4, share: 0.5 })
  expect(agreement).toEqual({ count: 2, of: 3, share: 2 / 3 })
})

test('documents whose output was no good, by flags and by errors', () => {
  expect(riskOf(results).outputErrors).toEqual({ count: 2, of: 4, share: 0.5 })
  expect(riskOf(results).unsafe).toEqual({ count: 1, of: 4, share: 0.25 })
  const failedFirst = row({
    attempts: [{ ...attempt(''), error: error('E_UNSAFE_KEY') }, attempt('ocr@5')],
  })
  expect(riskOf([failedFirst]).unsafe.count).toBe(1)
  expect(riskOf([failedFirst]).outputErrors.count).toBe(0)
})

test('with a truth: values where nothing is printed', () => {
  const known = (...values: Scalar[]) => ({ values })
  const truth = {
    fields: { '/total': known(9), '/tip': known(null), '/tax': known(null), '/date': known(null) },
  }
  expect(riskOf(results).invented).toBeNull()
  // The first row has none of the three; the second has a date.
  const paired = results.slice(0, 2).map((result) => ({ result, truth }))
  expect(riskOf(results, paired).invented).toEqual({ count: 1, of: 6, share: 1 / 6 })
})

test('apart by document type and by the models in their revisions', () => {
  const others = [row({ documentType: 'invoice' }), row({ attempts: [attempt('dense@2')] })]
  const groups = risksOf([...results, ...others]).map((g) => [g.documentType, g.models, g.documents])
  expect(groups).toEqual([
    ['receipt', 'dense@1 & ocr@5', 2],
    ['receipt', 'dense@1', 1],
    ['receipt', 'none', 1],
    ['invoice', 'dense@1', 1],
    ['receipt', 'dense@2', 1],
  ])
})

test('a truth counts for the group of its row', () => {
  const truth = { fields: { '/time': { values: [null] } } }
  const [both, alone] = risksOf(results, [{ result: results[1]!, truth }])
  expect(both!.invented).toEqual({ count: 1, of: 1, share: 1 })
  expect(alone!.invented).toBeNull()
})

test('of nothing, nothing is said', () => {
  expect(risksOf([])).toEqual([])
  expect(riskOf([])).toMatchObject({ documents: 0, accepted: { count: 0, of: 0, share: null } })
  expect(riskOf([]).hallucinated.share).toBeNull()
})

test('a code stands for one kind of fault, with a sentence', () => {
  expect(Object.keys(outputFaults).filter((code) => code in safetyFaults)).toEqual([])
  for (const sentence of [...Object.values(outputFaults), ...Object.values(safetyFaults)])
    expect(sentence).toMatch(/^[A-Z].*\.$/)
})
