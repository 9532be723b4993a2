import { expect, test } from 'vitest'
import type { Consensus } from '../core/judging.ts'
import type { JsonPointer } from '../core/extraction.ts'
import { objectionsInWords } from './objections.ts'

const confidences: Readonly<Record<JsonPointer, number>> = {
  '/date': 0.9,
  '/merchant/name': 0.4,
  '/total': 0.6,
}

function words(...flags: readonly (readonly [string, JsonPointer | null])[]): string {
  const objections = flags.map(([code, field]) => ({ code, field, message: '' }))
  const fields = Object.fromEntries(
    Object.entries(confidences).map(([pointer, confidence]) => [pointer, { confidence }]),
  ) as unknown as Consensus['fields']
  return objectionsInWords({ data: {}, fields, flags: objections, objections, score: 0, reviewPriority: 0 })
}

test('the least certain fields are named, the others counted', () => {
  expect(
    words(['E_LOW_CONFIDENCE', '/date'], ['PATHS_DIFFER', '/merchant/name'], ['E_LOW_CONFIDENCE', '/total']),
  ).toBe('merchant name (PATHS_DIFFER), total (E_LOW_CONFIDENCE) and 1 more')
})

test('all that is said of a field is said together', () => {
  expect(words(['PATHS_DIFFER', '/merchant/name'], ['UNGROUNDED', '/merchant/name'])).toBe(
    'merchant name (PATHS_DIFFER, UNGROUNDED)',
  )
})

test('what is about the whole comes first, and the same is said once', () => {
  expect(words(['MISSING', '/tip'], ['SEVERAL_DOCUMENTS', null], ['SEVERAL_DOCUMENTS', null])).toBe(
    'SEVERAL_DOCUMENTS, tip (MISSING)',
  )
})
