import { readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ExtractionResult } from '../core/extraction-result.ts'
import { onPlate, scannedPdf, tiffOf } from '../service/reading/several-documents.case.ts'
import { filesOf, openWorkplace, resultsOf, sample, type Workplace } from './command.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const coffee = await readFile(sample('au-cafe-fax-27', 'page.png'))
const grocer = await readFile(sample('de-supermarket-scan-18'))
const parking = await readFile(sample('ch-parking-scan-28'))
const totals = { coffee: 28.9, grocer: 36.35, parking: 3.5 }

/** Page 1 of a receipt that goes on on page 2. */
async function cutInTwo(page: Buffer): Promise<readonly [Buffer, Buffer]> {
  const { width, height } = await sharp(page).metadata()
  const at = Math.round(height * 0.55)
  return [
    await sharp(page).extract({ left: 0, top: 0, width, height: at }).png().toBuffer(),
    await sharp(page)
      .extract({ left: 0, top: at, width, height: height - at })
      .png()
      .toBuffer(),
  ]
}

let place: Workplace
beforeAll(async () => {
  place = await openWorkplace()
  await writeFile(place.path('two.tiff'), await tiffOf([coffee, grocer]))
  await writeFile(place.path('three.pdf'), await scannedPdf([grocer, parking, coffee]))
  const beside = [{ picture: coffee, left: 60, top: 80 }, { picture: grocer, left: 860, top: 120 }] // prettier-ignore
  await writeFile(place.path('plate.png'), await onPlate(beside, 1600, 1500))
  await writeFile(place.path('one.pdf'), await scannedPdf(await cutInTwo(grocer)))
  await writeFile(place.path('back.pdf'), await scannedPdf([coffee, await onPlate([], 600, 800)]))
})
afterAll(() => place[Symbol.asyncDispose]())

const read = async (file: string, ...more: readonly string[]): Promise<ExtractionResult[]> => {
  const { stdout } = await place.run(['extract', file, '--format', 'jsonl', '--ocr', 'pp-ocr', ...more])
  return resultsOf(stdout)
}
const totalOf = ({ data }: ExtractionResult): unknown => (data as { total: unknown } | null)?.total
const pagesOfValues = ({ fields }: ExtractionResult): Set<number> =>
  new Set(Object.values(fields).flatMap(({ source }) => source?.page ?? []))

test('two receipts in a TIFF are two rows, whose values stand on their own pages', async () => {
  const results = await read('two.tiff', '--route', 'modular')
  expect(filesOf(results)).toEqual(['two.tiff#1', 'two.tiff#2'])
  expect(results.map(totalOf)).toEqual([totals.coffee, totals.grocer])
  expect(results.map(({ part }) => part?.pages)).toEqual([[1], [2]])
  expect(results.map(pagesOfValues)).toEqual([new Set([1]), new Set([2])])
})

test('three receipts in a PDF are three rows, on the route of both paths too', async () => {
  const results = await read('three.pdf', '--route', 'auto')
  expect(filesOf(results)).toEqual(['three.pdf#1', 'three.pdf#2', 'three.pdf#3'])
  expect(results.map(({ part }) => part?.pages)).toEqual([[1], [2], [3]])
  for (const result of results)
    for (const page of pagesOfValues(result)) expect(page).toBe(result.part!.pages[0])
})

test('two slips on one scan are two rows, whose values stand within their regions', async () => {
  const results = await read('plate.png', '--route', 'auto')
  expect(filesOf(results)).toEqual(['plate.png#1', 'plate.png#2'])
  for (const { part, fields } of results) {
    const [left, , right] = part!.region!
    for (const { source } of Object.values(fields)) {
      if (!source) continue
      const middle = (source.box[0] + source.box[2]) / 2
      expect(left <= middle && middle <= right).toBe(true)
    }
  }
  const merchants = results.map(({ data }) => (data as { merchant: { name: string } }).merchant.name)
  expect(merchants[0]).toMatch(/dunbourne/i)
  expect(merchants[1]).toMatch(/bracklinger/i)
})

test.each([
  ['one.pdf', totals.grocer],
  ['back.pdf', totals.coffee],
])(
  // prettier-ignore
  'the pages of %s are one document',
  async (file, total) => {
    const results = await read(file, '--route', 'modular')
    expect(filesOf(results)).toEqual([file])
    expect(results.map(totalOf)).toEqual([total])
    expect(results[0]!.part).toBeUndefined()
    expect(results[0]!.flags.map(({ code }) => code)).not.toContain('SEVERAL_DOCUMENTS')
  },
)

test('each file is one document where somebody says so', async () => {
  const results = await read('two.tiff', '--route', 'modular', '--split', 'never')
  expect(filesOf(results)).toEqual(['two.tiff'])
})
