import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anytimeInterval, eValue, type Trials } from './anytime.ts'

const alpha = 0.05

/** Numbers from 0 to 1, the same for the same seed (Mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The trial at which the e-value against `promised` first reaches 1/α while errors come at a rate; null for not within `most`. */
function firstRefusal(rate: number, promised: number, most: number, seed: number): number | null {
  const next = numbers(seed)
  let errors = 0
  for (let trials = 1; trials <= most; trials++) {
    if (next() >= rate) continue
    errors++
    if (eValue({ trials, errors }, promised) >= 1 / alpha) return trials
  }
  return null
}

const refusals = (rate: number, promised: number, most: number, runs: number): readonly number[] =>
  Array.from({ length: runs }, (_, i) => firstRefusal(rate, promised, most, 1 + i)).filter(
    (at) => at !== null,
  )

test.each([0.01, 0.05, 0.2])(
  'a promise of %d that holds is given up in at most α of all audits, however long and often one looks',
  (promised) => {
    const runs = 1000
    const given = refusals(promised, promised, 2000, runs).length
    // Three standard deviations of the share of runs above α.
    expect(given / runs).toBeLessThan(alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / runs))
  },
)

test.each([0.01, 0.05, 0.2])('of a promise of %d that is kept twice over, fewer still', (promised) => {
  expect(refusals(promised / 2, promised, 2000, 300).length).toBeLessThanOrEqual(3)
})

test.each([
  [0.01, 10_000],
  [0.05, 1500],
  [0.2, 400],
])('twice the promised %d is always found out, here within %i audits', (promised, most) => {
  expect(refusals(2 * promised, promised, most, 100)).toHaveLength(100)
})

const trialsOf = fc
  .tuple(fc.nat(3000), fc.nat(3000))
  .map(([a, b]): Trials => ({ trials: Math.max(a, b), errors: Math.min(a, b) }))
const inside = fc.double({ min: 0.001, max: 0.5, noNaN: true })

test('the interval holds the observed share, and lies above the promise exactly where the e-value refuses it', () => {
  fc.assert(
    fc.property(trialsOf, inside, (seen, promised) => {
      const [low, high] = anytimeInterval(seen, 1 - alpha)
      const rate = seen.trials === 0 ? 0 : seen.errors / seen.trials
      expect(low).toBeLessThanOrEqual(rate)
      expect(high).toBeGreaterThanOrEqual(rate)
      const value = eValue(seen, promised)
      fc.pre(Math.abs(Math.log(value * alpha)) > 1e-6)
      expect(low > promised).toBe(value > 1 / alpha)
    }),
  )
})

test('an error more never speaks for the promise, a right value never against it', () => {
  fc.assert(
    fc.property(trialsOf, inside, ({ trials, errors }, promised) => {
      const before = eValue({ trials, errors }, promised)
      if (errors / Math.max(1, trials) >= promised)
        expect(eValue({ trials: trials + 1, errors: errors + 1 }, promised)).toBeGreaterThanOrEqual(before)
      const rate = errors / (trials + 1)
      if (rate >= promised)
        expect(eValue({ trials: trials + 1, errors }, promised)).toBeLessThanOrEqual(before)
    }),
  )
})

test.each([
  // Each by hand: the product of (errors + ½)/(trials + 1) and its like over the trials, over the promised rate's own.
  [{ trials: 1, errors: 1 }, 0.05, 0.5 / 0.05],
  [{ trials: 2, errors: 2 }, 0.05, (0.5 * 0.75) / 0.05 ** 2],
  [{ trials: 2, errors: 1 }, 0.1, 0.125 / (0.1 * 0.9)],
  [{ trials: 0, errors: 0 }, 0.1, 1],
  [{ trials: 3, errors: 0 }, 0.1, 0.5 * 0.75 * (5 / 6)],
])('%j against %d is what a hand works out', (seen, promised, expected) => {
  expect(eValue(seen, promised)).toBeCloseTo(expected, 10)
})

test('says nothing without trials', () => {
  expect(anytimeInterval({ trials: 0, errors: 0 }, 0.95)).toEqual([0, 1])
})
