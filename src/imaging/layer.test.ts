import { expect, test } from 'vitest'
import { lineText } from '../core/document.ts'
import { mapBox } from '../core/geometry.ts'
import { toOcrPage } from '../core/text-lines.ts'
import { loadDocument } from './load.ts'
import { pdfPages } from './test-images.ts'
import { pdfWithText, printed, type DrawnPage } from './test-layers.ts'

const lines = [
  'Quillon Instruments Ltd',
  'Invoice QI-10417 of 17/06/2024',
  'Flow sensor 2 210.00 420.00',
  'Total 756.60',
]
const page: DrawnPage = { content: printed(lines) }

const load = async (pages: readonly DrawnPage[], extra?: readonly string[]) =>
  (await loadDocument(pdfWithText(pages, extra))).pages

const textOf = async (drawn: DrawnPage, extra?: readonly string[]) => {
  const [{ layer } = {}] = await load([drawn], extra)
  return layer && { isAll: layer.isAll, lines: toOcrPage(1, layer.words).lines.map(lineText) }
}

test('a text layer is taken letter by letter, each word where it stands', async () => {
  expect(await textOf(page)).toEqual({ isAll: true, lines })
  const [{ layer, toSubmitted }] = (await load([page])) as [Awaited<ReturnType<typeof load>>[number]]
  const total = layer!.words.find(({ text }) => text === '756.60')!
  const [x0, y0, x1, y1] = mapBox(total.box, toSubmitted)
  // Helvetica at 12 points: "Total " is 30 wide, the amount 37, its digits 8.5 high on a line 122 from the top.
  for (const [found, known] of [
    [x0 * 400, 70],
    [y0 * 500, 113.5],
    [x1 * 400, 106.5],
    [y1 * 500, 122],
  ] as const)
    expect(Math.abs(found - known)).toBeLessThan(1)
})

test.each([[90], [180], [270]])(
  'a page that is shown turned by %i° is read the way it is written',
  async (degrees) => {
    expect(await textOf({ ...page, entries: `/Rotate ${degrees}` })).toEqual({ isAll: true, lines })
  },
)

test('a page that is shown in part has the words of that part', async () => {
  const [{ layer } = {}] = await load([{ ...page, entries: '/CropBox [0 390 400 500]' }])
  expect(toOcrPage(1, layer!.words).lines.map(lineText)).toEqual(lines.slice(0, 3))
})

const scan = 'q 400 0 0 500 0 0 cm /Im0 Do Q'
const drawnByHand = [450, 426, 402, 378].map((y) => `40 ${y} 150 9 re f`).join('\n')

test.each([
  ['invisible text', `${drawnByHand}\n${printed(lines, { before: '3 Tr' })}`],
  ['white text', printed(lines, { before: '1 g' })],
  ['text under a picture, as OCR leaves it', `${printed(lines)}\n${scan}`],
  ['text over a picture', `${scan}\n${printed(lines)}`],
  [
    'a layer shifted down by half a line',
    `${printed(lines, { before: '3 Tr' })}\n${printed(lines, { top: 444, before: '0 Tr' })}`,
  ],
  ['no text at all', drawnByHand],
])('%s is not taken', async (_, content) => {
  expect(await textOf({ content })).toBeUndefined()
})

test('single lies are left out: white words, words beside the page', async () => {
  const hidden = printed(['Total 1.00'], { before: '1 g', top: 300 })
  const beside = printed(['Total 2.00'], { left: 500 })
  const content = `${printed([...lines, ...lines], { before: '0 g' })}\n${hidden}\n${beside}`
  expect((await textOf({ content }))?.lines).toEqual([...lines, ...lines])
})

test.each([
  ['signs for private use', 'F3'],
  ['letters without a meaning', 'F4'],
])('%s are not taken', async (_, font) => {
  expect(await textOf({ content: printed(lines, { font }) })).toBeUndefined()
})

test('each page of a file is looked at by itself', async () => {
  const pages = await load([
    page,
    { content: drawnByHand },
    { content: printed(['Page three', 'Balance 12.00']) },
  ])
  expect(pages.map(({ layer }) => layer?.words.length)).toEqual([14, undefined, 4])
})

test('print that the layer does not have is told', async () => {
  const logo = [0, 1, 2, 3, 4].map((i) => `${200 + 14 * i} 200 8 12 re f`).join('\n')
  expect(await textOf({ content: `${printed(lines)}\n${logo}` })).toEqual({ isAll: false, lines })
})

test('rules and frames are no print', async () => {
  const rules = '30 470 300 1 re f 30 360 300 1 re f 30 340 m 330 340 l 330 480 l S'
  expect(await textOf({ content: `${printed(lines)}\n${rules}` })).toEqual({ isAll: true, lines })
})

test('filled in fields and visible notes belong to the page, hidden ones do not', async () => {
  const shown = (text: string): string => {
    const drawing = `BT /F1 12 Tf 2 5 Td (${text}) Tj ET`
    return `<< /Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources 10 0 R /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`
  }
  const widget = (name: string, y: number, flags: number, form: number): string =>
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T (${name}) /V (${name}) /F ${flags} /Rect [250 ${y} 350 ${y + 20}] /AP << /N ${form} 0 R >> >>`
  const note =
    '<< /Type /Annot /Subtype /FreeText /F 4 /Rect [250 300 350 320] /DA (/F1 12 Tf) /AP << /N 19 0 R >> >>'
  const extra = [
    widget('seen', 372, 4, 17),
    widget('hidden', 340, 2, 18),
    note,
    shown('EC-2231'),
    shown('EC-9999'),
    shown('Paid'),
  ]
  const result = await textOf({ ...page, entries: '/Annots [14 0 R 15 0 R 16 0 R]' }, extra)
  expect(result?.lines).toEqual([...lines.slice(0, 3), 'Total 756.60 EC-2231', 'Paid'])
  expect(result?.isAll).toBe(true)
})

test('a layer of more letters than people read is left', async () => {
  const many = `BT /F1 1 Tf 0.5 w 10 490 Td ${'(1234567890123456789012345678901234567890) Tj 0 -0.4 Td '.repeat(2500)} ET`
  expect(await textOf({ content: many })).toBeUndefined()
})

test('pages of pictures have none', async () => {
  const [{ layer } = {}] = (await loadDocument(pdfPages([[300, 400]]))).pages
  expect(layer).toBeUndefined()
})
