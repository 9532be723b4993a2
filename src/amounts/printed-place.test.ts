import { expect, test } from 'vitest'
import { isOneNumber, isOnePlace, type PrintedPlace } from './printed-place.ts'

const at = (x0: number, y0: number, x1: number, y1: number, page = 1): PrintedPlace => ({
  page,
  box: [x0, y0, x1, y1],
})

const number = at(0.7, 0.5, 0.8, 0.52)
const wider = at(0.65, 0.498, 0.81, 0.523)
const below = at(0.7, 0.53, 0.8, 0.55)

test('a number is one place however an engine boxes it', () => {
  expect(isOnePlace(number, wider)).toBe(true)
  expect(isOnePlace(number, below)).toBe(false)
  expect(isOnePlace(number, at(0.7, 0.5, 0.8, 0.52, 2))).toBe(false)
  expect(isOnePlace(number, at(0.79, 0.5, 0.95, 0.52))).toBe(false)
})

test('two fields share a number only where neither has another place', () => {
  expect(isOneNumber([number], [wider])).toBe(true)
  expect(isOneNumber([number, below], [wider])).toBe(false)
  expect(isOneNumber([number], [])).toBe(false)
})
