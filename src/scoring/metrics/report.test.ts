import { expect, test } from 'vitest'
import { buildReport } from './report.ts'
import { failedResult, resultOf } from './result.case.ts'
import { receiptTruthSchema } from '../../datasets/formats.ts'

const printed = receiptTruthSchema.parse({
  company: 'KEDAI ROTI SDN BHD',
  date: '25/12/2018',
  address: 'NO.53, JALAN SAGU 18',
  total: 'RM9.00',
})

const right = resultOf({
  '/merchant/name': ['Kedai Roti Sdn. Bhd.', 'KEDAI ROTI SDN BHD'],
  '/date': ['2018-12-25', '25/12/2018'],
  '/merchant/address': ['No. 53, Jalan Sagu 18', 'NO.53,  JALAN SAGU 18'],
  '/total': [9, 'RM9.00'],
})

// Name cut short, date right but its text cut, address not found, total right.
const doubtful = resultOf(
  {
    '/merchant/name': ['Kedai', 'KEDAI'],
    '/date': ['2018-12-25', '25/12/18'],
    '/merchant/address': [null, null],
    '/total': [9, 'RM9.00'],
  },
  { verdict: 'needs_review' },
)

test('a right row scores 1 everywhere', () => {
  const report = buildReport([{ result: right, truth: printed }])
  const perfect = { precision: 1, recall: 1, f1: 1 }
  expect(report.micro).toEqual({
    normalised: { ...perfect, interval: [1, 1] },
    strict: { ...perfect, interval: [1, 1] },
  })
  expect(report.sroie).toEqual(perfect)
  expect([report.donut.accuracy, report.donut.f1, report.anlsStar, report.schemaValid]).toEqual([1, 1, 1, 1])
  expect(report.accepted).toEqual({ share: 1, documentError: 0, valueError: 0 })
})

test('counts fields over right, doubtful, failed and missing documents', () => {
  const results = [right, doubtful, failedResult(), null]
  const report = buildReport(results.map((result) => ({ result, truth: printed })))
  expect(report.documents).toEqual({ total: 4, accepted: 1, needsReview: 1, failed: 1, missingRows: 1 })
  // Name: 1 right, 1 wrong, 2 missing.
  expect(report.fields['/merchant/name']).toMatchObject({
    support: 4,
    normalised: { precision: 0.5, recall: 0.25, f1: 2 / 6 },
  })
  // Date: 2 right as dates, 1 as text.
  expect(report.fields['/date']).toMatchObject({
    normalised: { precision: 1, recall: 0.5 },
    strict: { precision: 0.5, recall: 0.25 },
  })
  // All 16: right 4 + 2, wrong 1; strict right 4 + 1, wrong 2.
  expect(report.micro.normalised).toMatchObject({ precision: 6 / 7, recall: 6 / 16, f1: 12 / 23 })
  expect(report.micro.strict).toMatchObject({ precision: 5 / 7, recall: 5 / 16, f1: 10 / 23 })
  expect(report.sroie).toEqual({ precision: 5 / 7, recall: 5 / 16, f1: 10 / 23 })
  expect(report.donut.f1).toBeCloseTo(10 / 23, 12)
  expect(report.schemaValid).toBe(0.5)
  expect(report.accepted).toEqual({ share: 0.25, documentError: 0, valueError: 0 })
  // ANLS*: doubtful name 5 of 18 letters → 0, date 1 − 2 / 10, address 0, total 1 → 1.8 of 4; the others 1, 0, 0.
  expect(report.anlsStar).toBeCloseTo((1 + 1.8 / 4) / 4, 12)
  // Seven values at 0.9, six right: Brier (6 · 0.01 + 0.81) / 7.
  expect(report.calibration).toMatchObject({ values: 7 })
  expect(report.calibration.brier).toBeCloseTo(0.87 / 7, 12)
})

test('a failed row has no answer, whatever it carries', () => {
  const report = buildReport([{ result: { ...right, verdict: 'failed' }, truth: printed }])
  expect(report.micro.normalised).toMatchObject({ precision: null, recall: 0, f1: 0 })
  expect([report.schemaValid, report.anlsStar, report.donut.accuracy]).toEqual([0, 0, 0])
})

const typed = receiptTruthSchema.parse({
  merchant: { name: 'Kedai' },
  date: null,
  tip: null,
  items: [{ description: 'Teh', amount: 2 }],
  total: 9,
})

test('null in a truth means not printed: a value there is invented; what a truth lacks is left out', () => {
  const result = resultOf(
    {
      '/merchant/name': ['KEDAI', 'KEDAI'],
      '/date': ['2018-01-01', '1/1/18'],
      '/tip': [null, null],
      '/tax': [1, '1'],
    },
    {
      data: {
        merchant: { name: 'KEDAI' },
        items: [{ description: 'Teh', amount: 2.5, quantity: 1 }],
        total: 9,
        tax: 1,
      },
    },
  )
  const report = buildReport([{ result, truth: typed }])
  expect(report.hallucination).toEqual({ emitted: 1, absent: 2, rate: 0.5 })
  expect(Object.keys(report.fields)).toEqual(['/merchant/name', '/date', '/tip', '/total'])
  expect(report.fields['/date']).toEqual({
    support: 0,
    normalised: { precision: 0, recall: null, f1: 0 },
    strict: { precision: 0, recall: null, f1: 0 },
  })
  // Name and total right, date invented; strictly the name is wrong too.
  expect(report.micro.normalised).toMatchObject({ precision: 2 / 3, recall: 1 })
  expect(report.micro.strict).toMatchObject({ precision: 1 / 3, recall: 0.5 })
  // Teh right, 2.5 wrong for 2; quantity is not in the truth.
  expect(report.items).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5, support: 2 })
  // One of three emitted values is wrong.
  expect(report.accepted).toEqual({ share: 1, documentError: 1, valueError: 1 / 3 })
})

test('any listed value counts', () => {
  const truth = receiptTruthSchema.parse({
    store_name: ['Customer Receipt', 'Little Delhi'],
    total: ['37.71'],
    date: ['4/5/2017'],
  })
  const result = resultOf({
    '/merchant/name': ['Little Delhi', 'Little Delhi'],
    '/date': ['2017-04-05', '4/5/2017'],
    '/total': [37.71, '37.71'],
  })
  const report = buildReport([{ result, truth }])
  expect([report.micro.normalised.f1, report.micro.strict.f1, report.sroie.f1]).toEqual([1, 1, 1])
  expect([report.donut.accuracy, report.donut.f1, report.anlsStar]).toEqual([1, 1, 1])
})

test('of nothing, nothing is said', () => {
  const report = buildReport([])
  expect(report.documents.total).toBe(0)
  expect(report.micro.normalised).toEqual({ precision: null, recall: null, f1: null, interval: null })
  expect([report.anlsStar, report.donut.accuracy, report.items, report.schemaValid]).toEqual([
    null,
    null,
    null,
    null,
  ])
})
