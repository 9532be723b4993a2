import fc from 'fast-check'
import { expect, test } from 'vitest'
import { enumerate, marginals, mostAssignments, type State } from './factor-graph.ts'

const states = (...weights: readonly number[]): readonly State<number>[] =>
  weights.map((weight, value) => ({ value, weight }))

test('without factors every variable stays as it was weighed', () => {
  const variables = [states(1, 3), states(2, 2, 4)]
  expect(marginals(variables, enumerate(variables, []))).toEqual([
    [0.25, 0.75],
    [0.25, 0.25, 0.5],
  ])
})

test('a factor speaks about the variables together', () => {
  const variables = [states(1, 1), states(3, 1)]
  const differ = enumerate(variables, [([a, b]) => Number(a !== b)])
  expect(differ).toEqual([
    { chosen: [0, 1], weight: 1 },
    { chosen: [1, 0], weight: 3 },
  ])
  expect(marginals(variables, differ)).toEqual([
    [0.25, 0.75],
    [0.75, 0.25],
  ])
})

test('where nothing is possible nothing is likely', () => {
  const variables = [states(1, 1)]
  expect(marginals(variables, enumerate(variables, [() => 0]))).toEqual([[0, 0]])
})

test('no variables have one assignment', () => {
  expect(enumerate([], [])).toEqual([{ chosen: [], weight: 1 }])
})

test('more assignments than can be enumerated are refused', () => {
  const variables = Array.from({ length: Math.ceil(Math.log2(mostAssignments)) }, () => states(1, 1))
  expect(() => enumerate(variables, [])).toThrow(RangeError)
})

test('marginals are the shares of all weight, whatever the factors', () => {
  const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 })
  const graphs = fc.tuple(fc.array(weights, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 7 }))
  fc.assert(
    fc.property(graphs, ([lists, modulus]) => {
      const variables = lists.map((list) => states(...list))
      const all = enumerate(variables, [(values) => 1 / (1 + (values.reduce((a, b) => a + b, 0) % modulus))])
      const whole = all.reduce((sum, { weight }) => sum + weight, 0)
      for (const shares of marginals(variables, all)) {
        const sum = shares.reduce((a, b) => a + b, 0)
        expect(sum).toBeCloseTo(whole > 0 ? 1 : 0, 9)
      }
    }),
  )
})
