import { expect, test } from 'vitest'
import { receiptTruthSchema } from '../datasets/formats.ts'
import { failedResult } from '../scoring/metrics/result.case.ts'
import { figuresOf } from './figures.ts'
import { mostEntries } from './gallery.ts'
import { bothResult, read } from './result.case.ts'

const truth = receiptTruthSchema.parse({
  merchant: { name: 'Kedai' },
  date: '2025-01-02',
  tip: null,
  total: 9,
})

const first = bothResult(
  {
    '/merchant/name': read('Kedai', { grounded: true, certified: true }, 'KEDAI'),
    '/date': read('2025-01-03', { confidence: 0.8, grounded: false }, '2025-01-02'),
    '/total': read(9, { grounded: true }, 9),
    '/tip': read(null, {}, 1),
    '/items/0/amount': read(4, {}, 4),
    '/items/1/amount': read(5, { path: 'modular', alternatives: [] }),
  },
  { flags: [{ code: 'LINES_MISMATCH', field: '/items', message: 'The lines do not add up.' }] },
)
const second = bothResult(
  {
    '/merchant/name': read('Roti', { confidence: 0.95 }, null),
    '/date': read('2025-01-02', {}, '2025-02-02'),
    '/total': read(9, { path: 'modular', alternatives: [] }),
    '/tip': read(1, { confidence: 0.3 }),
  },
  {
    verdict: 'needs_review',
    file: 'scans/b.jpg',
    flags: [
      { code: 'PATHS_DIFFER', field: '/date', message: 'The paths differ.' },
      { code: 'UNGROUNDED', field: '/tip', message: 'The tip was not found.' },
    ],
  },
)
const results = [first, second]
const paired = results.map((result) => ({ result, truth }))

const fieldIn = (figures: ReturnType<typeof figuresOf>, name: string) =>
  figures.fields.find(({ field }) => field === name)!

test('what was read of a field; the cells of a column are one field', () => {
  const figures = figuresOf(results)
  expect(figures.fields.map(({ field }) => field)).toEqual([
    '/merchant/name',
    '/date',
    '/total',
    '/tip',
    '/items/*/amount',
  ])
  expect(fieldIn(figures, '/items/*/amount')).toMatchObject({
    emitted: { count: 2, of: 2 },
    certain: { count: 0, of: 2 },
    agreement: { count: 1, of: 1 },
    grounded: { count: 0, of: 0, share: null },
    truth: null,
  })
  expect(fieldIn(figures, '/date')).toMatchObject({
    certain: { count: 1, of: 2 },
    agreement: { count: 0, of: 2 },
    grounded: { count: 0, of: 1 },
  })
  expect(fieldIn(figures, '/tip')).toMatchObject({ emitted: { count: 1, of: 2 } })
  expect(figures.certified).toMatchObject({ count: 1, of: 9 })
  expect(figures.truth).toBeNull()
})

test('what is right of a field, and of each path where both have read it', () => {
  const figures = figuresOf(results, paired)
  expect(fieldIn(figures, '/merchant/name').truth).toMatchObject({
    precision: { count: 1, of: 2 },
    recall: { count: 1, of: 2 },
    direct: { count: 1, of: 2 },
    modular: { count: 1, of: 2 },
  })
  expect(fieldIn(figures, '/date').truth).toMatchObject({
    precision: { count: 1, of: 2 },
    direct: { count: 1, of: 2 },
    modular: { count: 1, of: 2 },
  })
  // Nothing is printed: neither path can have it right.
  expect(fieldIn(figures, '/tip').truth).toMatchObject({
    precision: { count: 0, of: 1 },
    recall: { count: 0, of: 0 },
    direct: { count: 0, of: 0 },
  })
  expect(figures.truth!.all).toMatchObject({
    precision: { count: 4, of: 7 },
    recall: { count: 4, of: 6 },
    direct: { count: 3, of: 5 },
    modular: { count: 3, of: 5 },
  })
})

test('the curve is that of the values taken, beside the better path alone', () => {
  const { curve, alone } = figuresOf(results, paired).truth!
  // Seven values, three wrong: the date at 0.8, the name at 0.95, the tip at 0.3.
  expect(curve).toMatchObject({ values: 7, errors: 3 })
  expect(curve!.points.map(({ accepted, errors }) => [accepted, errors])).toEqual([
    [1, 1],
    [5, 1],
    [6, 2],
    [7, 3],
  ])
  // The direct path has six of the seven values, too few to have read the same.
  expect(alone).toBeNull()
  const whole = { '/date': read('2025-01-03', { path: 'modular', alternatives: [{ path: 'direct', value: '2025-01-02', text: null, confidence: 0.7 }] }) } as const // prettier-ignore
  expect(figuresOf([], [{ result: bothResult(whole), truth }]).truth!.alone).toMatchObject({
    path: 'direct',
    curve: { values: 1, errors: 0 },
  })
})

test('what read the documents, and for how long', () => {
  const slow = bothResult({}, { attempts: [{ path: 'direct', model: 'dense@1', score: null, ms: 700 }] })
  expect(figuresOf([first, slow, failedResult()]).models).toEqual([
    { path: 'direct', model: 'dense@1', documents: 2, ms: 500 },
    { path: 'modular', model: 'ocr@5', documents: 1, ms: 100 },
  ])
})

test('with a truth the gallery shows what is wrong, the most confident first', () => {
  const { gallery } = figuresOf(results, paired)
  expect(gallery.kind).toBe('errors')
  expect(gallery.entries.map(({ pointer, truth }) => [pointer, truth])).toEqual([
    ['/merchant/name', ['Kedai']],
    ['/date', ['2025-01-02']],
    ['/tip', [null]],
  ])
  expect(gallery.entries[2]!.flags).toEqual(['The tip was not found.'])
})

test('without, what a flag names, the least confident first', () => {
  const { gallery } = figuresOf(results)
  expect(gallery.entries.map(({ file, pointer }) => [file, pointer])).toEqual([
    ['scans/b.jpg', '/tip'],
    ['scans/b.jpg', '/date'],
  ])
  const many = figuresOf(Array.from({ length: 40 }, () => second)).gallery
  expect([many.entries.length, many.leftOut]).toEqual([mostEntries, 80 - mostEntries])
})

test('a failed document has no values, and every field it prints is missed', () => {
  const { truth: measured } = figuresOf(
    [failedResult()],
    [{ result: { ...first, verdict: 'failed' }, truth }],
  )
  expect(measured!.all.recall).toMatchObject({ count: 0, of: 3 })
  expect([measured!.curve, measured!.reliability]).toEqual([null, null])
})

test('of nothing, nothing is said', () => {
  const figures = figuresOf([])
  expect([figures.fields, figures.models, figures.gallery.entries]).toEqual([[], [], []])
})
