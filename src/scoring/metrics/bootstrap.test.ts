import { expect, test } from 'vitest'
import { bootstrapF1, bootstrapF1Difference, type TallyPair } from './bootstrap.ts'

const right = { tp: 4, fp: 0, fn: 0 }
const wrong = { tp: 0, fp: 4, fn: 4 }

const repeat = <T>(item: T, times: number): T[] => Array.from({ length: times }, () => item)

test('two documents, one wrong: one resample in four is all right, one in four all wrong', () => {
  expect(bootstrapF1([right, wrong])).toEqual([0, 1])
})

test('without errors there is nothing to vary', () => {
  expect(bootstrapF1(repeat(right, 20))).toEqual([1, 1])
})

test('lies where the binomial says, and shrinks with the root of the number of documents', () => {
  // F1 of a resample is the share of right documents: mean 0.8, deviation √(0.8 · 0.2 / n), 1.96 deviations each way.
  for (const n of [100, 400]) {
    const [low, high] = bootstrapF1([...repeat(right, 0.8 * n), ...repeat(wrong, 0.2 * n)]) ?? [0, 0]
    const reach = 1.96 * Math.sqrt(0.16 / n)
    expect(Math.abs(low - (0.8 - reach))).toBeLessThan(0.015)
    expect(Math.abs(high - (0.8 + reach))).toBeLessThan(0.015)
  }
})

test('is the same for the same seed', () => {
  const documents = [...repeat(right, 13), ...repeat(wrong, 7), { tp: 2, fp: 1, fn: 2 }]
  expect(bootstrapF1(documents, { seed: 7 })).toEqual(bootstrapF1(documents, { seed: 7 }))
  expect(bootstrapF1(documents, { resamples: 50, seed: 7 })).not.toEqual(
    bootstrapF1(documents, { resamples: 50, seed: 8 }),
  )
})

test('nothing counted, no interval', () => {
  expect(bootstrapF1([])).toBeNull()
  expect(bootstrapF1([{ tp: 0, fp: 0, fn: 0 }])).toBeNull()
})

test('a system that is right wherever the other is differs by what it has more, and never less', () => {
  const both: TallyPair = [right, right]
  const onlyFirst: TallyPair = [right, wrong]
  const [low, high] = bootstrapF1Difference([...repeat(both, 60), ...repeat(onlyFirst, 40)]) ?? [0, 0]
  const reach = 1.96 * Math.sqrt((0.4 * 0.6) / 100)
  expect(Math.abs(low - (0.4 - reach))).toBeLessThan(0.02)
  expect(Math.abs(high - (0.4 + reach))).toBeLessThan(0.02)
})

test('pairs of equal systems do not differ, however much the documents do', () => {
  const pairs: TallyPair[] = [
    ...repeat<TallyPair>([right, right], 10),
    ...repeat<TallyPair>([wrong, wrong], 10),
  ]
  expect(bootstrapF1Difference(pairs)).toEqual([0, 0])
})

test('the order of the systems is the sign of the difference', () => {
  const pairs: TallyPair[] = [
    [right, wrong],
    [right, right],
    [wrong, right],
    [right, wrong],
  ]
  const [low, high] = bootstrapF1Difference(pairs) ?? [0, 0]
  const turned = pairs.map(([a, b]): TallyPair => [b, a])
  expect(bootstrapF1Difference(turned)).toEqual([-high, -low])
})

test('nothing counted, no interval of a difference', () => {
  expect(bootstrapF1Difference([])).toBeNull()
})
