import { expect, test } from 'vitest'
import { reviewPriority, type Doubtful } from './review-priority.ts'

const value = (confidence: number, risk: Doubtful['risk'] = 'medium'): Doubtful => ({ confidence, risk })

test('nothing to look at removes nothing', () => expect(reviewPriority([])).toBe(0))

test('cost by minutes: two values of 0.5 and 0.7 in 0.4 minutes', () => {
  expect(reviewPriority([value(0.5), value(0.7)])).toBe(2)
})

test('a value of high risk comes before one of low risk that is as doubtful', () => {
  const [low, medium, high] = (['low', 'medium', 'high'] as const).map((risk) =>
    reviewPriority([value(0.4, risk)]),
  )
  expect(low).toBeLessThan(medium!)
  expect(medium).toBeLessThan(high!)
})

test('one value that is probably wrong comes before many that are probably right', () => {
  expect(reviewPriority([value(0.1)])).toBeGreaterThan(
    reviewPriority(Array.from({ length: 20 }, () => value(0.8))),
  )
})
