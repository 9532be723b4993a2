import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apply, compose, invert, rotation, scaling, translation } from './transform.ts'

const coordinate = fc.double({ min: -2, max: 2, noNaN: true })
const angle = fc.double({ min: -180, max: 180, noNaN: true })
const size = fc.double({ min: 0.1, max: 10, noNaN: true })

test('a quarter turn clockwise takes right to down', () => {
  const [x, y] = apply(rotation(90), 1, 0)
  expect(x).toBeCloseTo(0)
  expect(y).toBeCloseTo(1)
})

test('compose does the first map first', () => {
  expect(apply(compose(translation(1, 2), scaling(3, 4)), 1, 1)).toEqual([6, 12])
})

test('what is inverted is undone', () => {
  fc.assert(
    fc.property(coordinate, coordinate, angle, size, (x, y, degrees, scale) => {
      const map = compose(compose(rotation(degrees), translation(x, -y)), scaling(scale, 2 * scale))
      const [backX, backY] = apply(compose(map, invert(map)), x, y)
      expect(backX).toBeCloseTo(x, 6)
      expect(backY).toBeCloseTo(y, 6)
    }),
  )
})
