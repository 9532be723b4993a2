import { expect, test } from 'vitest'
import { calibrationSchema, calibratedProbability, stageIn, weightsFor, type Stage } from './calibration.ts'
import type { Evidence } from './evidence.ts'
import { fitWeights, type Labelled } from './fit.ts'
import { estimateProbability } from './estimate-probability.ts'

const evidence: Evidence = {
  path: 'direct',
  field: '/total',
  confidence: 0.9,
  agreement: 'alone',
  otherConfidence: 0,
  grounded: null,
  violated: false,
  confirmed: false,
  sharpness: 0,
}

/** `right` of 100 values with this evidence are right. */
const hundred = (changes: Partial<Evidence>, right: number): readonly Labelled[] =>
  Array.from({ length: 100 }, (_, i) => ({
    evidence: { ...evidence, ...changes },
    right: i < right,
    weight: 1,
  }))

const chance = (labelled: readonly Labelled[], changes: Partial<Evidence>): number =>
  calibratedProbability({ ...evidence, ...changes }, fitWeights(labelled))

test('the probability is the share that was right', () => {
  const seen = [...hundred({ grounded: true }, 95), ...hundred({ grounded: false }, 20)]
  expect(chance(seen, { grounded: true })).toBeCloseTo(0.95, 1)
  expect(chance(seen, { grounded: false })).toBeCloseTo(0.2, 1)
})

test('fields that are harder are less certain, and one that was never seen lies between', () => {
  const seen = [...hundred({ field: '/date' }, 95), ...hundred({ field: '/merchant/address' }, 40)]
  const [date, other, address] = ['/date', '/tip', '/merchant/address'].map((field) =>
    chance(seen, { field }),
  )
  expect(date).toBeGreaterThan(0.88)
  expect(address).toBeLessThan(0.5)
  expect(other).toBeLessThan(date!)
  expect(other).toBeGreaterThan(address!)
})

test('values that count less say less', () => {
  const right = hundred({}, 100).map((one) => ({ ...one, weight: 0.01 }))
  expect(chance([...right, ...hundred({}, 20)], {})).toBeLessThan(0.25)
})

test('a hundred right values do not make one certain', () => {
  const sure = chance([...hundred({}, 100), ...hundred({ field: '/date' }, 50)], {})
  expect(sure).toBeGreaterThan(0.85)
  expect(sure).toBeLessThan(0.9999)
})

test('only engines that were measured have a calibration', () => {
  const weights = fitWeights([...hundred({}, 90)])
  const calibration = calibrationSchema.parse({
    version: 2,
    documentType: 'receipt',
    typeHash: null,
    documents: 100,
    stages: { 'a & b': { engines: { a: '1', b: '2' }, paths: { direct: { read: weights } } } },
  })
  const stage = (name: string, a: string): Stage => ({ name, engines: { a, b: '2', template: '7' } })
  const fitted = stageIn(calibration, stage('a & b', '1'))
  expect(weightsFor(fitted, 'direct')).toEqual({ read: weights })
  expect(weightsFor(fitted, 'modular')).toBeUndefined()
  expect(stageIn(calibration, stage('a & b', '3'))).toBeUndefined()
  expect(stageIn(calibration, stage('a', '1'))).toBeUndefined()
  expect(stageIn(null, stage('a & b', '1'))).toBeUndefined()
})

test.each<[string, Partial<Evidence>, number]>([
  ['its confidence', {}, 0.9],
  ['no surer where the other path agrees', { agreement: 'same', otherConfidence: 0.5 }, 0.9],
  ['less where it differs', { agreement: 'differs', otherConfidence: 0.5 }, 0.36],
  ['less where it is found nowhere', { grounded: false }, 0.36],
  ['less for each thing that speaks against it', { violated: true, grounded: false }, 0.144],
])('without a calibration a score is %s', (_, changes, score) => {
  expect(
    estimateProbability({ evidence: { ...evidence, ...changes }, isAbsent: false }, undefined),
  ).toBeCloseTo(score, 3)
})
