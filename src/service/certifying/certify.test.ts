import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { failedResult, resultOf } from '../../scoring/metrics/result.case.ts'
import { certificateSchema } from '../../trust/certificate.ts'
import { certifyResults, type CertifyOptions } from './certify.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'certify-'))
  await mkdir(join(dir, 'truths'))
})
afterEach(() => rm(dir, { recursive: true }))

const target = { error: 0.05, confidence: 0.95 }
const read = (
  file: string,
  total: number | null,
  changes: Partial<ExtractionResult> = {},
): ExtractionResult =>
  resultOf(
    { '/total': [total, total === null ? null : `${total}`] },
    { file, attempts: [{ path: 'modular', model: 'reader@1', score: 0.9, ms: 1 }], ...changes },
  )

/** Writes rows and truths; the truth of every row is `truth`, unless it is null. */
async function certify(
  rows: readonly (readonly [row: ExtractionResult, truth: unknown])[],
  options: Partial<CertifyOptions> = {},
) {
  const file = join(dir, 'rows.jsonl')
  await writeFile(file, rows.map(([result]) => `${JSON.stringify(result)}\n`).join(''))
  for (const [result, truth] of rows)
    await writeFile(join(dir, 'truths', result.file.replace('.jpg', '.json')), JSON.stringify(truth))
  return certifyResults(file, join(dir, 'truths'), { ...target, ...options })
}

const documents = <T>(count: number, make: (file: string) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(`${i}.jpg`))

test('certifies every scalar field that the truths know', async () => {
  const truth = { total: 9, merchant: { name: 'Kedai' }, items: [{ amount: 9 }] }
  const now = new Date('2025-01-02T03:04:05.678Z')
  const { certificate } = await certify(
    documents(60, (file) => [read(file, 9), truth]),
    { now },
  )
  expect(certificateSchema.parse(certificate)).toEqual({
    version: 1,
    documentType: 'receipt',
    route: 'modular',
    models: ['reader@1'],
    ...target,
    madeAt: now.toISOString(),
    documents: 60,
    fields: {
      '/total': {
        threshold: 0.9,
        documents: 60,
        accepted: 60,
        errors: 0,
        audited: 0,
        bound: expect.closeTo(0.0487, 4),
        void: false,
      },
      '/merchant/name': { needed: null, documents: 60, accepted: 0, errors: 0 },
    },
  })
})

test('a wrong value is an error, one where nothing is printed too, and none is not', async () => {
  const { certificate } = await certify([
    [read('right.jpg', 9), { total: 9.0 }],
    [read('wrong.jpg', 8), { total: 9 }],
    [read('invented.jpg', 9), { total: null }],
    [read('silent.jpg', null), { total: 9 }],
    [read('rightly-silent.jpg', null), { total: null }],
    [read('unknown.jpg', 9), { date: '2025-01-02' }],
  ])
  expect(certificate.fields['/total']).toMatchObject({ documents: 5, accepted: 3, errors: 2 })
  expect(certificate.documents).toBe(6)
})

test('a failed document is labelled, and accepts nothing', async () => {
  const { certificate } = await certify([
    [read('a.jpg', 9), { total: 9 }],
    [failedResult('b.jpg'), { total: 9 }],
    [read('c.jpg', 8, { verdict: 'failed' }), { total: 9 }],
  ])
  expect(certificate.fields['/total']).toMatchObject({ documents: 3, accepted: 1, errors: 0 })
})

test('certifies the fields that were asked for, and says which there are', async () => {
  const rows = documents(2, (file) => [read(file, 9), { total: 9, date: null }] as const)
  const { certificate } = await certify(rows, { fields: ['/date'] })
  expect(Object.keys(certificate.fields)).toEqual(['/date'])
  await expect(certify(rows, { fields: ['/tax'] })).rejects.toMatchObject({
    code: 'E_BAD_REQUEST',
    message: expect.stringContaining('No truth knows the field /tax. Known are /total, /date;'),
  })
})

test('refuses rows of several routes', async () => {
  const rows = [read('a.jpg', 9), read('b.jpg', 9, { route: 'direct' })].map(
    (result) => [result, { total: 9 }] as const,
  )
  await expect(certify(rows)).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
})
