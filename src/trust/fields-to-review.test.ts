import { expect, test } from 'vitest'
import type { JsonPointer } from '../core/extraction.ts'
import type { Flag, ExtractionResult, ResultField } from '../core/extraction-result.ts'
import { fieldsToReview } from './fields-to-review.ts'

const field = (value: ResultField['value'], confidence: number, other?: number): ResultField => ({
  value,
  text: null,
  confidence,
  source: null,
  certified: false,
  path: 'direct',
  grounded: null,
  alternatives: other === undefined ? [] : [{ path: 'modular', value: 'x', text: 'x', confidence: other }],
})
const flag = (code: string, at: JsonPointer | null): Flag => ({ code, field: at, message: code })

const fields: ExtractionResult['fields'] = {
  '/total': field(9, 0.9),
  '/date': field('2018-03-02', 0.3),
  '/name': field('A', 0.6),
  '/tax': field(null, 0, 0.7),
  '/items/0/amount': field(4, 0.45),
  '/items/1/amount': field(5, 0.8),
  '/items/1/name': field(null, 0),
}
const names = (...flags: Flag[]) => fieldsToReview({ fields, flags }).map((one) => one.field)

test('nothing asks where nothing is flagged, or only the whole is', () => {
  expect(names()).toEqual([])
  expect(names(flag('AUDIT', null))).toEqual([])
})

test('what something speaks against comes before what is merely uncertain, the least certain first, each once', () => {
  const doubts = [flag('E_LOW_CONFIDENCE', '/date'), flag('E_LOW_CONFIDENCE', '/name')]
  expect(names(...doubts, flag('TOTAL_MISMATCH', '/total'), flag('UNGROUNDED', '/name'))).toEqual([
    '/name',
    '/total',
    '/date',
  ])
})

test('a flag on a list is about its doubtful values, or else about the most doubtful one', () => {
  expect(names(flag('LINES_MISMATCH', '/items'))).toEqual(['/items/0/amount'])
  const sure = { ...fields, '/items/0/amount': field(4, 0.95) }
  expect(fieldsToReview({ fields: sure, flags: [flag('LINES_MISMATCH', '/items')] })).toEqual([
    { field: '/items/1/amount', confidence: 0.8 },
  ])
  expect(names(flag('MISSING', '/lines'))).toEqual(['/lines'])
})

test('an empty field is as uncertain as what the other path read there is likely', () => {
  const [tax] = fieldsToReview({ fields, flags: [flag('PATHS_DIFFER', '/tax')] })
  expect(tax!.confidence).toBeCloseTo(0.3)
  expect(fieldsToReview({ fields, flags: [flag('MISSING', '/phone')] })).toEqual([
    { field: '/phone', confidence: 0 },
  ])
})
