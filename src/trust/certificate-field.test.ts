import { expect, test } from 'vitest'
import { certifyField } from './certificate-field.ts'
import type { Emitted } from './certificate-threshold.ts'

/** So many values of one confidence, the first few of them wrong. */
const values = (count: number, confidence: number, wrong = 0): Emitted[] =>
  Array.from({ length: count }, (_, i) => ({ confidence, wrong: i < wrong }))

const fivePercent = { error: 0.05, confidence: 0.95 }
const onePercent = { error: 0.01, confidence: 0.95 }

test('certifies from the lowest threshold that holds, and not below', () => {
  const seen = [...values(200, 0.97), ...values(100, 0.83, 5), ...values(100, 0.61, 40)]
  const proof = certifyField(seen, 420, fivePercent)
  expect(proof).toMatchObject({ threshold: 0.83, documents: 420, accepted: 300, errors: 5, void: false })
  expect(proof).toHaveProperty('bound', expect.closeTo(0.0347, 4))
})

test('stops at the first threshold that fails, whatever comes after it', () => {
  const seen = [...values(100, 0.97, 10), ...values(300, 0.8)]
  expect(certifyField(seen, 400, fivePercent)).toHaveProperty('needed')
})

test('does not stop at thresholds that accept too little to show anything', () => {
  const seen = [...values(10, 0.999, 1), ...values(290, 0.9)]
  expect(certifyField(seen, 300, fivePercent)).toMatchObject({ threshold: 0.9, accepted: 300, errors: 1 })
})

test('a value below every threshold is neither accepted nor certified', () => {
  expect(certifyField(values(500, 0.49), 500, fivePercent)).toEqual({
    needed: null,
    documents: 500,
    accepted: 0,
    errors: 0,
  })
})

test.each([
  ['all accepted and right', values(100, 0.9), onePercent, 299 - 100],
  ['half accepted', values(50, 0.9), onePercent, 2 * 299 - 100],
  ['one too few', values(58, 0.9), fivePercent, 2],
])('says how many documents more would do: %s', (_, seen, target, needed) => {
  expect(certifyField(seen, 100, target)).toMatchObject({ needed })
})

test('counts on as many errors as it has seen', () => {
  const proof = certifyField(values(100, 0.9, 2), 100, fivePercent)
  // The bound of 2 % errors, 4 of 200 and 5 of 250, is 4.5 % and 4.2 %: below 100, and 2 of 100 have 6.2 %.
  expect(proof).toHaveProperty(
    'needed',
    expect.toSatisfy((n: number) => n > 50 && n < 100),
  )
})

test('says so when no number of documents would do', () => {
  expect(certifyField(values(100, 0.9, 6), 100, fivePercent)).toEqual({
    needed: null,
    documents: 100,
    accepted: 100,
    errors: 6,
  })
})
