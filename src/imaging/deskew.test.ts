import { expect, test } from 'vitest'
import { estimateSkew } from './deskew.ts'

/** Twenty lines of dashes, turned clockwise; every place differs a little, as ink does. */
function lines(degrees: number) {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
  const places = Array.from({ length: 9000 }, (_, i) => {
    const x = ((i * 37) % 500) + ((i * 0.7549) % 1)
    const y = 24 * (i % 20) + ((i * 0.5698) % 1) * 9
    return [cos * x - sin * y, sin * x + cos * y] as const
  })
  return { x: Float32Array.from(places, ([x]) => x), y: Float32Array.from(places, ([, y]) => y) }
}

test.each([-14.2, -7, -1.3, -0.4, 0, 0.6, 2.5, 9.9, 13.8])('finds a turn of %f degrees', (degrees) =>
  expect(estimateSkew(lines(degrees)).degrees).toBeCloseTo(degrees, 0.5),
)

/** Numbers from 0 to 1 that have no pattern (Park and Miller, 1988). */
function random(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}

test('takes scattered ink for straight', () => {
  const next = random(7)
  const scattered = () => Float32Array.from({ length: 12_000 }, () => next() * 700)
  expect(estimateSkew({ x: scattered(), y: scattered() }).degrees).toBe(0)
})

test('takes a few points for straight', () =>
  expect(estimateSkew({ x: new Float32Array(150), y: new Float32Array(150) }).degrees).toBe(0))
