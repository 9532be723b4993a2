import { expect, test } from 'vitest'
import { paidIn } from './paid.ts'

test.each([
  [20, 5.95, 14.05],
  [100, 0.1, 99.9],
  [50.5, 0, 50.5],
])('%s handed over and %s back pay %s', (tendered, change, amount) => {
  const read = (value: number, confidence: number) => ({ value, confidence })
  expect(paidIn({ tendered: read(tendered, 0.9), change: read(change, 0.5) })).toEqual({
    amount,
    probability: 0.45,
  })
})

test('nothing is told by one of them alone, or by more change than cash', () => {
  const five = { value: 5, confidence: 1 }
  expect(paidIn({ tendered: five })).toBeUndefined()
  expect(paidIn({ change: five })).toBeUndefined()
  expect(paidIn({ tendered: five, change: { value: 6, confidence: 1 } })).toBeUndefined()
})
