import { describe, expect, test } from 'vitest'
import { upperBound } from './binomial.ts'
import { lastProven, stepsOf, type Emitted, type Target } from './certificate-threshold.ts'

/** Uniform numbers in [0, 1) that are the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A field whose error is known: of its values, and of all that a threshold accepts. */
interface World {
  readonly name: string
  readonly documents: number
  readonly target: Target
  confidence(uniform: number): number
  wrongAt(confidence: number): number
  wrongFrom(threshold: number): number
}

const half = (uniform: number): number => 0.5 + uniform / 2

const worlds: readonly World[] = [
  {
    name: 'everywhere wrong a little too often',
    documents: 300,
    target: { error: 0.05, confidence: 0.95 },
    confidence: half,
    wrongAt: () => 0.052,
    wrongFrom: () => 0.052,
  },
  {
    name: 'wrong a little too often, and few enough documents that luck says where the search begins',
    documents: 118,
    target: { error: 0.05, confidence: 0.9 },
    confidence: half,
    wrongAt: (confidence) => (confidence >= 0.75 ? 0.0501 : 0.06),
    wrongFrom: (threshold) => (threshold >= 0.75 ? 0.0501 : 0.051),
  },
  {
    name: 'good enough from two thirds on',
    documents: 600,
    target: { error: 0.05, confidence: 0.95 },
    confidence: half,
    wrongAt: (confidence) => 0.3 * (1 - confidence),
    wrongFrom: (threshold) => 0.15 * (1 - threshold),
  },
  {
    name: 'good enough from 0.8 on, at another target',
    documents: 250,
    target: { error: 0.1, confidence: 0.8 },
    confidence: half,
    wrongAt: (confidence) => 1 - confidence,
    wrongFrom: (threshold) => (1 - threshold) / 2,
  },
]

function draw({ documents, confidence, wrongAt }: World, random: () => number): Emitted[] {
  return Array.from({ length: documents }, () => {
    const sure = confidence(random())
    return { confidence: sure, wrong: random() < wrongAt(sure) }
  })
}

/** What one does without statistics: the lowest threshold at which the labelled documents show few enough errors. */
const naive = (values: readonly Emitted[], { error }: Target): number | null =>
  stepsOf(values).findLast(({ accepted, errors }) => accepted > 0 && errors <= error * accepted)?.threshold ??
  null

const exact = (values: readonly Emitted[], target: Target): number | null =>
  lastProven(stepsOf(values), target)?.threshold ?? null

const repetitions = 1000

/** In how many repetitions a rule gave a threshold, and in how many a false one. */
function outcomes(world: World, rule: typeof exact): { given: number; wrong: number } {
  const random = seededRandom(7)
  const found = Array.from({ length: repetitions }, () => rule(draw(world, random), world.target))
  const given = found.filter((threshold) => threshold !== null)
  const wrong = given.filter((threshold) => world.wrongFrom(threshold) > world.target.error)
  return { given: given.length, wrong: wrong.length }
}

/** The least rate that the count does not refute at 99.99 %. */
const leastRate = (count: number): number => 1 - upperBound(repetitions - count, repetitions, 0.9999)

describe.each(worlds)('a field that is $name', (world) => {
  const allowed = 1 - world.target.confidence

  test('gets a false certificate no more often than the confidence allows', () => {
    expect(leastRate(outcomes(world, exact).wrong)).toBeLessThanOrEqual(allowed)
  })

  test('gets a false threshold more often from a rule without a bound', () => {
    expect(leastRate(outcomes(world, naive).wrong)).toBeGreaterThan(allowed)
  })
})

test('a field that is good enough is certified more often than not', () => {
  expect(outcomes(worlds[2]!, exact).given).toBeGreaterThan(repetitions / 2)
})
