import { expect, test } from 'vitest'
import { mapBox } from '../core/geometry.ts'
import { loadDocument } from './load.ts'
import { drawLines, filled, pdfPages, picture } from './test-images.ts'

const plate = filled(1400, 900, 250)
drawLines(plate, 100, 100, 18, 30, 18)
drawLines(plate, 850, 150, 18, 28, 15)
const bytes = await picture(plate).png().toBuffer()
const load = (
  pages: readonly number[],
  region: readonly [number, number, number, number] | null,
  of: Uint8Array = bytes,
) => loadDocument(of, {}, () => {}, { pages, region })

test('pages keep the numbers that they have in the file', async () => {
  const file = pdfPages([[300, 400], [300, 400], [300, 400]]) // prettier-ignore
  const { pages } = await load([2, 3], null, file)
  expect(pages.map(({ number }) => number)).toEqual([2, 3])
})

test.each([
  ['left', [0, 0, 0.55, 1] as const, [100, 560] as const],
  ['right', [0.55, 0, 1, 1] as const, [850, 1280] as const],
])(
  'of a region, only the slip on the %s is seen, at its place in the file',
  async (_, region, [from, to]) => {
    const [page] = (await load([1], region)).pages
    const [x0, , x1] = mapBox([0, 0, 1, 1], page!.toSubmitted)
    expect(Math.abs(x0 * 1400 - from)).toBeLessThan(60)
    expect(Math.abs(x1 * 1400 - to)).toBeLessThan(110)
    expect(x0).toBeGreaterThanOrEqual(region[0] - 0.01)
  },
)

test('a page that the file has not is refused', async () => {
  await expect(load([2], null)).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
})
