import { expect, test } from 'vitest'
import { resultOf } from '../scoring/metrics/result.case.ts'
import {
  applies,
  certificateSchema,
  certify,
  pipelineOf,
  type Certificate,
  type Proven,
} from './certificate.ts'

const attempt = (model: string) => ({ path: 'modular' as const, model, score: 0.9, ms: 1 })
const read = { attempts: [attempt('pp-ocr@4+tagger@1'), attempt('')] }
const result = resultOf(
  { '/total': [9, '9'], '/tip': [null, null], '/merchant/name': ['Kedai', 'Kedai'] },
  read,
)

const proven = (threshold: number): Proven => ({
  threshold,
  documents: 100,
  accepted: 90,
  errors: 0,
  bound: 0.04,
  audited: 0,
  void: false,
})
const certificate: Certificate = {
  version: 1,
  documentType: 'receipt',
  route: 'modular',
  models: ['pp-ocr@4+tagger@1'],
  error: 0.05,
  confidence: 0.95,
  madeAt: '2025-01-02T03:04:05.678Z',
  documents: 100,
  fields: {
    '/total': proven(0.9),
    '/tip': proven(0.5),
    '/merchant/name': proven(0.91),
    '/date': { needed: 12, documents: 100, accepted: 40, errors: 0 },
    '/time': { needed: null, documents: 100, accepted: 40, errors: 20 },
  },
}

test('is a file that reads back as it was written', () => {
  expect(certificateSchema.parse(JSON.parse(JSON.stringify(certificate)))).toEqual(certificate)
})

test('a file that was written before audits were kept apart can still be read', () => {
  const before = { ...certificate, fields: { '/total': { ...proven(0.9), audited: 12, void: true } } }
  expect(certificateSchema.parse(before)).toEqual(before)
})

test('certifies values at their threshold or above, and nothing else', () => {
  const { fields, ...rest } = certify(result, certificate)
  expect(Object.entries(fields).map(([pointer, field]) => [pointer, field.certified])).toEqual([
    ['/total', true],
    ['/tip', false],
    ['/merchant/name', false],
  ])
  expect({ ...rest, fields: result.fields }).toEqual(result)
  expect(result.fields['/total']).toHaveProperty('certified', false)
})

test('takes back what another certificate said, and certifies nothing that is void', () => {
  const before = certify(result, certificate)
  const voided = { ...certificate, fields: { '/total': { ...proven(0.9), void: true } } }
  expect(certify(before, voided)).toEqual(result)
})

test.each([
  ['type', { documentType: 'invoice' }],
  ['route', { route: 'both' as const }],
  ['model', { attempts: [attempt('pp-ocr@5+tagger@1')] }],
])('is refused for rows of another %s', (_, change) => {
  const other = { ...result, ...change }
  expect([applies(certificate, result), applies(certificate, other)]).toEqual([true, false])
  expect(() => certify(other, certificate)).toThrow(
    /is about other documents or engines.* than scans\/a\.jpg/,
  )
})

test('speaks about the models of all rows, each once, and not about those that failed', () => {
  const other = { ...result, attempts: [attempt('a@1')] }
  expect(pipelineOf([result, other, result])).toEqual({
    documentType: 'receipt',
    route: 'modular',
    models: ['a@1', 'pp-ocr@4+tagger@1'],
  })
})

test('refuses rows of several types or routes', () => {
  expect(() => pipelineOf([result, { ...result, documentType: 'invoice' }])).toThrow(
    'one document type, and the rows have receipt, invoice.',
  )
  expect(() => pipelineOf([result, { ...result, route: 'direct' }])).toThrow(
    'one route, and the rows have modular, direct.',
  )
})
