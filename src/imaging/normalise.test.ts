import { expect, test } from 'vitest'
import { normalise } from './normalise.ts'
import { laplacianVariance } from './quality.ts'
import { drawSheet, filled, picture } from './test-images.ts'

const sheet = drawSheet(600, 800)
/** The brightest and darkest tenth, as their limits. */
function range(data: Uint8Array, from: number, to: number): [number, number] {
  const sorted = Uint8Array.from(data.subarray(from, to)).sort()
  return [sorted[Math.floor(sorted.length * 0.02)]!, sorted[Math.floor(sorted.length * 0.6)]!]
}

test('a shadow that falls across the page vanishes', () => {
  const shaded = { ...sheet, data: sheet.data.map((v, i) => v * (1 - (0.6 * (i % 600)) / 600)) }
  const { data } = normalise(shaded)
  for (let y = 0; y < 800; y++) {
    expect(data[y * 600 + 20]).toBeGreaterThan(235)
    expect(data[y * 600 + 580]).toBeGreaterThan(235)
  }
})

test('faded print gains contrast', () => {
  const faded = { ...sheet, data: sheet.data.map((v) => 150 + v / 4) }
  const [darkBefore, lightBefore] = range(faded.data, 0, faded.data.length)
  const after = normalise(faded).data
  const [dark, light] = range(after, 0, after.length)
  expect(light - dark).toBeGreaterThan(1.5 * (lightBefore - darkBefore))
})

test('a blank page stays blank, a black one does not become text', () => {
  expect(normalise(filled(300, 400, 180)).data.every((v) => v > 250)).toBe(true)
  expect(laplacianVariance(normalise(filled(300, 400, 5)))).toBe(0)
})

test('blur lowers the sharpness', async () => {
  const blurred = await picture(sheet).blur(3).toColourspace('b-w').raw().toBuffer()
  expect(laplacianVariance({ ...sheet, data: blurred })).toBeLessThan(laplacianVariance(sheet) / 10)
})
