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
  expect(legibility).toBeGreaterThan(backend.uprightLegibility!)
  expect(text).toContain('TOTAL')
  const [, top, , bottom] = fields['/total']!.source!.box
  expect((top + bottom) / 2).toBeCloseTo((120 + 6 * 70 - 14) / 1200, 1)
  const maps = await backend.fieldMaps!(pages)
  const total = maps.find((map) => map.label === 'TOTAL')!
  expect(total.data).toHaveLength(total.width * total.height)
  const best = total.data.indexOf(Math.max(...total.data))
  const down = ((Math.floor(best / total.width) + 0.5) / total.height) * total.box[3]
  expect(down).toBeCloseTo((top + bottom) / 2, 1)
  await backend.dispose!()
})

test('a page on its head is not legible', async () => {
  const backend = await onnx(null)
  const page = await drawPage(lines)
  const data = Uint8Array.from(page.image.data).reverse()
  const { legibility } = await backend.predict([{ ...page, image: { ...page.image, data } }], receipt)
  expect(legibility ?? 0).toBeLessThan(backend.uprightLegibility!)
  await backend.dispose!()
})

test('a model that is not there cannot be asked', async () => {
  await expect(onnx('no-such-model/9')).rejects.toMatchObject({ code: 'E_ENGINE' })
})
