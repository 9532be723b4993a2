import { expect, test } from 'vitest'
import { extend, isDrawn, type Audited } from './audit.ts'
import { upperBound } from './binomial.ts'
import { sampleCertificate, sampleProof } from './certificate.case.ts'

const certificate = sampleCertificate({
  fields: {
    '/total': sampleProof(),
    '/date': sampleProof({ threshold: 0.8, accepted: 70, bound: 0.042 }),
    '/time': { needed: 9, documents: 100, accepted: 50, errors: 0 },
  },
})

const audits = (field: Audited['field'], count: number, wrong = 0): Audited[] =>
  Array.from({ length: count }, (_, i) => ({ field, wrong: i < wrong }))

const keys = Array.from({ length: 20_000 }, (_, i) => `key ${i}`)

test('draws the share that was asked for, by the key alone', () => {
  const drawn = keys.filter((key) => isDrawn(key, 0.02))
  expect(drawn.length / keys.length).toBeCloseTo(0.02, 2)
  expect(drawn.every((key) => isDrawn(key, 0.02) && isDrawn(key, 0.03))).toBe(true)
  expect([keys.some((key) => isDrawn(key, 0)), keys.every((key) => isDrawn(key, 1))]).toEqual([false, true])
})

test('adds audited values to the counts and bounds anew', () => {
  const { fields } = extend(certificate, [...audits('/total', 40, 1), ...audits('/date', 30)])
  expect(fields['/total']).toEqual({
    threshold: 0.9,
    documents: 100,
    accepted: 120,
    errors: 1,
    audited: 40,
    bound: upperBound(1, 120, 0.95),
    void: false,
  })
  expect(fields['/date']).toMatchObject({ accepted: 100, errors: 0, audited: 30 })
  expect(fields['/time']).toEqual(certificate.fields['/time'])
})

test('a little at a time is the same as all at once', () => {
  const [first, second] = [audits('/total', 25, 1), audits('/total', 15)]
  expect(extend(extend(certificate, first), second)).toEqual(extend(certificate, [...first, ...second]))
})

test('is void once the bound exceeds the target, and stays so', () => {
  const bad = extend(certificate, audits('/total', 10, 3))
  expect(bad.fields['/total']).toMatchObject({ void: true, errors: 3, bound: upperBound(3, 90, 0.95) })
  expect(bad.fields['/date']).toMatchObject({ void: false })
  const later = extend(bad, audits('/total', 5000))
  expect(later.fields['/total']).toMatchObject({ void: true, accepted: 5090, audited: 5010 })
})

test('changes nothing without audits, and refuses those of a field without a threshold', () => {
  expect(extend(certificate, [])).toEqual(certificate)
  for (const field of ['/time', '/tip'] as const)
    expect(() => extend(certificate, audits(field, 1))).toThrow(`no threshold for ${field}`)
})
