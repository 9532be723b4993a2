import { expect, test } from 'vitest'
import { formatReport } from './format.ts'
import { buildReport } from './report.ts'
import { resultOf } from './result.case.ts'
import { receiptTruthSchema } from '../../datasets/formats.ts'

const truth = receiptTruthSchema.parse({
  merchant: { registrationNumber: 'A1' },
  items: [{ amount: 1 }],
  tip: null,
  total: 9,
})
const result = resultOf({
  '/merchant/registrationNumber': ['A1', 'A1'],
  '/total': [8, '8.00'],
  '/tip': [1, '1.00'],
})

test('says the figures in at most 80 columns', () => {
  const text = formatReport(
    buildReport([...Array<null>(999).fill(null), result].map((result) => ({ result, truth }))),
  )
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(text).toContain('1000 documents: 1 accepted, 0 need review, 0 failed.')
  expect(text).toContain('999 have a truth but no row')
  expect(text).toMatch(/│ …gistrationNumber │ 1000 │ 1\.000 │ 0\.001 │ 0\.002 │/)
  expect(text).toMatch(/nothing is printed +│ 0\.1 % \(1 of 1000\)/)
})

test('a dash where there was nothing to count', () => {
  expect(formatReport(buildReport([]))).toMatch(/ANLS\* +│ – /)
})
