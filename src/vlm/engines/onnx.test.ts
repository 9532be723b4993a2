import { expect, test } from 'vitest'
import receipt from '../../../schemas/receipt.ts'
import { drawPage, testVlmBackend } from '../contract.case.ts'
import onnx from './onnx.ts'

const lines = [
  'GREEN VALLEY TRADING SDN BHD',
  '12, JALAN SETIA 3, 81100 JOHOR BAHRU',
  'TAX INVOICE',
  'DATE: 02/03/2018   TIME: 14:30',
  'TEH TARIK            2.00',
  'ROTI CANAI           3.50',
  'TOTAL                5.50',
  'CASH                10.00',
  'CHANGE               4.50',
]

testVlmBackend('receipt-dense', () => onnx(null), {
  type: receipt,
  lines,
  reads: { '/date': '2018-03-02', '/total': 5.5 },
})

test('every value says where it stands, and the maps show it there', async () => {
  const backend = await onnx(null)
  const pages = [await drawPage(lines)]
  const { fields, legibility, text } = await backend.predict(pages, receipt)
  expect(legibility[0]).toBeGreaterThan(backend.uprightLegibility!)
  expect(text).toContain('TOTAL')
  const [, top, , bottom] = fields['/date']!.source!.box
  expect((top + bottom) / 2).toBeCloseTo((120 + 3 * 70 - 14) / 1200, 1)
  const maps = await backend.fieldMaps!(pages)
  const date = maps.find((map) => map.label === 'DATE')!
  expect(date.data).toHaveLength(date.width * date.height)
  const row = Math.floor(((top + bottom) / 2 / date.box[3]) * date.height)
  const rowMean = (at: number): number =>
    date.data.slice(at * date.width, (at + 1) * date.width).reduce((a, b) => a + b, 0) / date.width
  const means = Array.from({ length: date.height }, (_, at) => rowMean(at))
  const typical = means.reduce((a, b) => a + b, 0) / means.length
  expect(Math.max(...means.slice(row - 1, row + 2))).toBeGreaterThan(3 * typical)
  await backend.dispose!()
})

test('a page on its head is not legible', async () => {
  const backend = await onnx(null)
  const page = await drawPage(lines)
  const data = Uint8Array.from(page.image.data).reverse()
  const {
    legibility: [legibility],
  } = await backend.predict([{ ...page, image: { ...page.image, data } }], receipt)
  expect(legibility).not.toBeNull()
  expect(legibility).toBeLessThan(backend.uprightLegibility!)
  await backend.dispose!()
})

test('a model that is not there cannot be asked', async () => {
  await expect(onnx('no-such-model/9')).rejects.toMatchObject({ code: 'E_ENGINE' })
})
