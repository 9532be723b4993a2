import { expect, test } from 'vitest'
import { urgency, type Doubtful } from './urgency.ts'

const value = (confidence: number, risk: Doubtful['risk'] = 'medium'): Doubtful => ({ confidence, risk })

test('nothing to look at removes nothing', () => expect(urgency([])).toBe(0))

test('cost by minutes: two values of 0.5 and 0.7 in 0.4 minutes', () => {
  expect(urgency([value(0.5), value(0.7)])).toBe(2)
})

test('a value of high risk comes before one of low risk that is as doubtful', () => {
  const [low, medium, high] = (['low', 'medium', 'high'] as const).map((risk) => urgency([value(0.4, risk)]))
  expect(low).toBeLessThan(medium!)
  expect(medium).toBeLessThan(high!)
})

test('one value that is probably wrong comes before many that are probably right', () => {
  expect(urgency([value(0.1)])).toBeGreaterThan(urgency(Array.from({ length: 20 }, () => value(0.8))))
})
