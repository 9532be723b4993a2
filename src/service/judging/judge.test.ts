import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineDocumentType } from '../../core/document-type.ts'
import type { ExtractionPath, Fields, Scalar, SeenWord, Violation } from '../../core/extraction.ts'
import { field } from '../../core/field-spec.ts'
import type { Succeeded } from '../../core/judging.ts'
import { setPointer } from '../../core/pointer.ts'
import { entity } from '../../templating/entity.ts'
import { addsUp } from '../../templating/arithmetic.ts'
import { template } from '../../templating/template.ts'
import type { Calibration } from '../../trust/calibration.ts'
import { uncalibratedCode } from '../../routing/uncalibrated.ts'
import { scoreExtraction } from '../../scoring/scorer.ts'
import { judge } from './judge.ts'

const amount = z
  .number()
  .nullable()
  .meta(field({ comparator: 'amount', risk: 'high' }))

const bill = defineDocumentType({
  name: 'bill',
  schema: z.object({
    name: z.string().nullable(),
    subtotal: amount,
    tax: amount,
    total: amount,
    items: z
      .array(
        z.object({
          what: z
            .string()
            .nullable()
            .meta(field({ risk: 'low' })),
          amount,
        }),
      )
      .nullable(),
  }),
  required: ['/total'],
  template: template(
    { '/total': entity('TOTAL') },
    addsUp({ total: '/total', first: '/subtotal', parts: ['/tax'] }),
  ),
  rules: [({ total }) => (total === 13 ? [{ code: 'UNLUCKY', field: '/total', message: 'No.' }] : [])],
})

const word = (text: string): SeenWord => ({ page: 1, text, box: [0, 0, 1, 1] })

interface Made {
  readonly read?: string
  readonly crossCheck?: string
  readonly violations?: readonly Violation[]
}

function attempt(
  path: ExtractionPath,
  values: Readonly<Record<string, readonly [Scalar, number]>>,
  { read = '', crossCheck, violations = [] }: Made = {},
): Succeeded {
  const data: Record<string, unknown> = { name: null, subtotal: null, tax: null, total: null, items: [] }
  const fields: Fields = {}
  for (const [pointer, [value, confidence]] of Object.entries(values)) {
    setPointer(data, pointer, value)
    fields[pointer as keyof Fields] = {
      value,
      text: value === null ? null : String(value),
      confidence,
      source: null,
    }
  }
  const words = (text: string): SeenWord[] => text.split(' ').filter(Boolean).map(word)
  const extraction = {
    documentType: 'bill',
    path,
    data,
    fields,
    violations: [...violations],
    producedBy: { [path === 'direct' ? 'model' : 'ocr']: '1' },
    words: words(read),
    crossCheck: crossCheck === undefined ? null : { engine: 'ocr', words: words(crossCheck) },
    sharpness: 500,
    ms: 1,
  }
  return { path, ok: true, extraction, score: scoreExtraction(extraction, bill) }
}

const codes = (...attempts: [Succeeded, ...Succeeded[]]) =>
  judge(attempts, bill, null)
    .flags.filter((f) => f.code !== uncalibratedCode)
    .map((f) => [f.code, f.field])

test('what both read the same is as sure as the surer of them, and nobody has measured it', () => {
  const both = judge(
    [
      attempt('direct', { '/total': [9, 0.55] }, { read: 'TOTAL 9.00' }),
      attempt('modular', { '/total': [9, 0.7] }, { read: 'Total RM9.00' }),
    ],
    bill,
    null,
  )
  expect(both.data).toMatchObject({ total: 9 })
  expect(both.flags.map((f) => f.code)).toEqual([uncalibratedCode])
  expect(both.objections).toEqual(both.flags)
  expect(both.fields['/total']).toMatchObject({ confidence: 0.7, grounded: true })
  expect(both.score).toBeCloseTo(0.7)
})

test('where they differ the likelier counts, is flagged, and says what the other one read', () => {
  const { data, fields, flags } = judge(
    [
      attempt('direct', { '/name': ['ROTI', 0.5], '/total': [8, 0.9] }, { read: 'ROTI TOTAL 8.00' }),
      attempt('modular', { '/name': ['ROTI', 0.5], '/total': [9, 0.6] }, { read: 'ROTI TOTAL 9.00' }),
    ],
    bill,
    null,
  )
  expect(data).toMatchObject({ total: 8 })
  expect(fields['/total']).toMatchObject({ path: 'direct', alternatives: [{ path: 'modular', value: 9 }] })
  expect(flags.map((f) => f.code)).toEqual(['PATHS_DIFFER', 'UNGROUNDED', 'UNCALIBRATED'])
  expect(flags[0]!.message).toBe('Total: the direct path read "8", the modular path read "9".')
})

test('values that the other path also found are taken from whoever read them', () => {
  const { data, fields } = judge(
    [attempt('direct', { '/name': [null, 0], '/total': [9, 0.9] }), attempt('modular', { '/name': ['ROTI', 0.9], '/total': [9, 0.9] })],
    bill,
    null,
  )
  expect(data).toMatchObject({ name: 'ROTI', total: 9 })
  expect(fields['/name']).toMatchObject({ path: 'modular', alternatives: [{ path: 'direct', value: null }] })
}) // prettier-ignore

test('amounts of both paths that add up are likelier than a surer one that does not', () => {
  const { data } = judge(
    [
      attempt('direct', { '/subtotal': [9, 0.8], '/tax': [1, 0.8], '/total': [19, 0.9] }),
      attempt('modular', { '/subtotal': [9, 0.8], '/tax': [1, 0.8], '/total': [10, 0.8] }),
    ],
    bill,
    null,
  )
  expect(data).toMatchObject({ subtotal: 9, tax: 1, total: 10 })
})

test('records are paired before their values are compared', () => {
  const { data, fields } = judge(
    [
      attempt('direct', { '/total': [9, 0.9], '/items/0/what': ['TEA', 0.9], '/items/0/amount': [9, 0.9] }),
      attempt('modular', { '/total': [9, 0.8], '/items/0/what': ['Tel', 0.5], '/items/0/amount': [null, 0], '/items/1/what': ['Tea', 0.9], '/items/1/amount': [8, 0.4] }),
    ],
    bill,
    null,
  )
  expect(data).toMatchObject({ items: [{ what: 'TEA', amount: 9 }] })
  expect(fields['/items/0/what']!.alternatives).toMatchObject([{ path: 'modular', value: 'Tea' }])
}) // prettier-ignore

test('a value that the cross-check does not find is flagged', () => {
  const seen = attempt('direct', { '/total': [9, 0.95] }, { crossCheck: 'TOTAL 9.00' })
  const unseen = attempt('direct', { '/total': [9, 0.95] }, { crossCheck: 'TOTAL 8.00' })
  expect(codes(seen)).toEqual([])
  expect(codes(unseen)).toEqual([['E_LOW_CONFIDENCE', '/total'], ['UNGROUNDED', '/total']]) // prettier-ignore
  expect(
    judge([attempt('direct', { '/total': [9, 0.95] })], bill, null).fields['/total']!.grounded,
  ).toBeNull()
})

test('a doubt about a field of low risk is told and stops nothing', () => {
  const { flags, objections } = judge(
    [attempt('direct', { '/total': [9, 0.9], '/items/0/what': ['TEA', 0.3], '/items/0/amount': [9, 0.3] })],
    bill,
    null,
  )
  expect(flags.map((f) => f.field)).toEqual(['/items/0/amount', null, '/items/0/what'])
  expect(objections.map((f) => f.field)).toEqual(['/items/0/amount', null])
})

test('objections follow the value that was taken; rules ask the whole anew', () => {
  const repaired = { code: 'AMOUNT_REPAIRED', field: '/total', message: 'Read as 8.' } as const
  const direct = attempt('direct', { '/total': [8, 0.4] }, { violations: [repaired] })
  expect(codes(direct, attempt('modular', { '/total': [9, 0.95] }))).toEqual([['PATHS_DIFFER', '/total']])
  expect(codes(direct)).toContainEqual(['AMOUNT_REPAIRED', '/total'])
  expect(codes(attempt('modular', { '/total': [13, 0.95] }))).toContainEqual(['UNLUCKY', '/total'])
})

test('what says that there is no text must be said by all', () => {
  const empty = { code: 'E_NO_TEXT', field: null, message: 'No text.' }
  const blind = attempt('direct', { '/total': [null, 0] }, { violations: [empty] })
  expect(codes(blind, attempt('modular', { '/total': [9, 0.95] })).map(([code]) => code)).not.toContain(
    'E_NO_TEXT',
  )
  expect(codes(blind)).toContainEqual(['E_NO_TEXT', null])
})

const calibration = (total: number, otherwise = 0, revision = '1'): Calibration => ({
  version: 2,
  documentType: 'bill',
  typeHash: null,
  documents: 50,
  stages: {
    model: {
      engines: { model: revision },
      paths: {
        direct: { read: { signals: {}, fields: { '/total': total }, otherwise, values: 50, right: 40 } },
      },
    },
  },
})

test('what a calibration is sure of though no other reader finds it stops a document only where much is at stake', () => {
  const unseen = attempt('direct', { '/total': [9, 0.9], '/name': ['Roti', 0.9] }, { crossCheck: 'TOTAL' })
  const { flags, objections } = judge([unseen], bill, calibration(9, 9))
  expect(flags.map((f) => [f.code, f.field])).toEqual([['UNGROUNDED', '/total'], ['UNGROUNDED', '/name']]) // prettier-ignore
  expect(objections.map((f) => f.field)).toEqual(['/total'])
  expect(judge([unseen], bill, calibration(9, 0)).objections.map((f) => f.field)).toContain('/name')
})

test('a calibration sets the probability, and the field its threshold', () => {
  const one = [attempt('direct', { '/total': [9, 0.99] })] as const
  const unsure = judge(one, bill, calibration(2))
  expect(unsure.fields['/total']!.confidence).toBe(0.881)
  expect(unsure.flags.map((f) => f.code)).toEqual(['E_LOW_CONFIDENCE'])
  expect(judge(one, bill, calibration(3)).flags).toEqual([])
})

test('a calibration of other revisions says nothing, and the flag names what has changed', () => {
  const { flags, objections } = judge(
    [attempt('direct', { '/total': [9, 0.9] })],
    bill,
    calibration(9, 9, '2'),
  )
  expect(flags.map((f) => f.code)).toEqual([uncalibratedCode])
  expect(objections[0]!.message).toContain('other revisions of model')
})

test('of two lists the one whose values are likely right is taken, however many values the other has', () => {
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`/items/${i}/amount`, [i + 1, 0.18]] as const),
  )
  const { data } = judge(
    [
      attempt('direct', { '/total': [9, 0.9], ...many }),
      attempt('modular', { '/total': [9, 0.9], '/items/0/amount': [4, 0.97], '/items/1/amount': [5, 0.97] }),
    ],
    bill,
    null,
  )
  expect(data).toMatchObject({ items: [{ amount: 4 }, { amount: 5 }] })
})

test('a tip that is the total again is none', () => {
  const withTip = defineDocumentType({
    ...bill,
    schema: z.object({ total: amount, tip: amount, subtotal: amount }),
    template: template(
      {},
      addsUp({ total: '/total', first: '/subtotal', parts: [{ field: '/tip', absent: 0.9 }] }),
    ),
    rules: [],
  })
  const { data } = judge(
    [
      attempt('direct', { '/total': [33.7, 0.9], '/tip': [33.7, 0.4], '/subtotal': [33.7, 0.7] }),
      attempt('modular', { '/total': [33.7, 0.9], '/tip': [null, 0], '/subtotal': [33.7, 0.8] }),
    ],
    withTip,
    null,
  )
  expect(data).toMatchObject({ total: 33.7, tip: null })
  const alone = judge(
    [attempt('direct', { '/total': [33.7, 0.9], '/tip': [33.7, 0.4], '/subtotal': [33.7, 0.7] })],
    withTip,
    null,
  )
  expect(alone.data).toMatchObject({ total: 33.7, tip: null })
  expect(alone.fields['/tip']).toMatchObject({ value: null, alternatives: [{ path: 'direct', value: 33.7 }] })
})

test('a calibration for an engine speaks about files whose own text it has read samples of', () => {
  const exact = attempt('direct', { '/total': [9, 0.9] })
  const { extraction } = exact
  const read = {
    ...exact,
    extraction: { ...extraction, producedBy: { 'text-layer': '1', ...extraction.producedBy } },
  }
  expect(judge([read], bill, calibration(9, 9)).flags).toEqual([])
})

test('data that the file itself holds needs nobody to have measured it, and is flagged by rules all the same', () => {
  const values = { '/subtotal': [8, 1], '/tax': [1, 1], '/total': [9, 1] } as const
  expect(judge([attempt('embedded', values)], bill, null)).toMatchObject({
    objections: [],
    data: { total: 9 },
  })
  const unlucky = judge([attempt('embedded', { '/total': [13, 1] })], bill, null)
  expect(unlucky.objections.map(({ code }) => code)).toContain('UNLUCKY')
})
