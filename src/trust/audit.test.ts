import { expect, test } from 'vitest'
import { extend, isDrawn, type Audited } from './audit.ts'
import { anytimeInterval, eValue } from './anytime.ts'
import { sampleCertificate, sampleProof } from './certificate.case.ts'
import { certificateSchema } from './certificate.ts'

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

test('counts audited values apart from what the labelled documents proved', () => {
  const { fields } = extend(certificate, [...audits('/total', 40, 1), ...audits('/date', 30)])
  const [low, high] = anytimeInterval({ trials: 40, errors: 1 }, 0.95)
  expect(fields['/total']).toEqual({
    ...sampleProof(),
    audited: 40,
    audit: { errors: 1, eValue: eValue({ trials: 1, errors: 1 }, 0.05), low, high },
  })
  expect(fields['/date']).toMatchObject({
    accepted: 70,
    bound: 0.042,
    audited: 30,
    audit: { errors: 0, low: 0 },
  })
  expect(fields['/time']).toEqual(certificate.fields['/time'])
})

test.each([
  ['10 of 50', 300, 50, 10],
  ['6 of 20', 1000, 20, 6],
  ['60 of 600', 5000, 600, 60],
])('however many labelled documents it was made from, audits with %s wrong void it', (_, accepted, n, wrong) => {
  const field = sampleProof({ accepted, documents: accepted })
  const spaced = Array.from({ length: n }, (_, i) => ({
    field: '/total' as const,
    wrong: Math.floor(((i + 1) * wrong) / n) > Math.floor((i * wrong) / n),
  }))
  const held = extend(sampleCertificate({ fields: { '/total': field } }), spaced).fields['/total']
  expect(held).toMatchObject({ accepted, errors: 0, audited: n, audit: { errors: wrong }, void: true })
}) // prettier-ignore

test.each([
  ['0 of 400', 400, 0],
  ['2 of 60', 60, 2],
  ['10 of 200', 200, 10],
])('audits with %s wrong leave it as it is', (_, n, wrong) => {
  const seen = [...audits('/total', n - wrong), ...audits('/total', wrong, wrong)]
  expect(extend(certificate, seen).fields['/total']).toMatchObject({ audited: n, void: false })
})

test('a little at a time is the same as all at once', () => {
  const [first, second] = [audits('/total', 25, 1), audits('/total', 15)]
  expect(extend(extend(certificate, first), second)).toEqual(extend(certificate, [...first, ...second]))
})

test('is void once the audits speak against it, and stays so', () => {
  const bad = extend(certificate, audits('/total', 10, 3))
  expect(bad.fields['/total']).toMatchObject({ void: true, errors: 0, audit: { errors: 3 } })
  expect(bad.fields['/date']).toMatchObject({ void: false })
  const later = extend(bad, audits('/total', 5000))
  expect(later.fields['/total']).toMatchObject({ void: true, accepted: 80, audited: 5010 })
})

test('can be written as JSON however much speaks against it', () => {
  const { fields } = extend(certificate, audits('/total', 2000, 2000))
  const [proof] = Object.values(certificateSchema.parse(JSON.parse(JSON.stringify({ ...certificate, fields }))).fields)
  expect(proof).toMatchObject({ void: true, audit: { errors: 2000, eValue: 1e9, high: 1 } })
}) // prettier-ignore

test('changes nothing without audits, and refuses those of a field without a threshold', () => {
  expect(extend(certificate, [])).toEqual(certificate)
  for (const field of ['/time', '/tip'] as const)
    expect(() => extend(certificate, audits(field, 1))).toThrow(`no threshold for ${field}`)
})
