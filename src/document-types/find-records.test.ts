import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { askerManifestSchema } from '../onnx/document/manifest.ts'
import { pageInputs } from '../onnx/document/page.ts'
import { openModel } from '../onnx/model-folder.ts'
import { contextOf } from '../templating/template.ts'
import { placesOfRecords } from './find-records.ts'
import { askedBy } from './schema-questions.ts'

const { features } = askerManifestSchema.parse((await openModel('document/3')).manifest)

const schema = {
  type: 'object',
  properties: {
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: { text: { type: 'string' }, count: { type: 'integer' }, amount: { type: 'number' } },
      },
    },
  },
} as const

const pages = [
  pageOf(`
Order of 2 things, 9.00 in all

1   Brass hinge         2     8.00
    polished
2   Oak plank           1     9.00
`),
  pageOf(`
3   Brass hinge         2     8.00
    Sum                      25.00
`, { page: 2 }),
] // prettier-ignore

function cells(records: readonly unknown[]) {
  const sheets = pages.map(({ lines }) => {
    const { right, below } = pageInputs(lines, features)
    return { lines, graph: { words: lines.flatMap(({ words }) => words), right, below } }
  })
  const [list] = askedBy(schema, 'order').lists
  const found = placesOfRecords(sheets, list!.columns, records, contextOf({ pages, entities: [] }))
  const text = (sheet: number, run: readonly number[]): string =>
    run.map((i) => sheets[sheet]!.graph.words[i]!.text).join(' ')
  return Object.fromEntries(
    found.map(({ key, cells: count, wanted, places }) => [
      key,
      { count, wanted, at: places.map((runs, sheet) => runs.map((run) => text(sheet, run))) },
    ]),
  )
}

const [hinge, plank] = [
  { text: 'Brass hinge', count: 2, amount: 8 },
  { text: 'Oak plank', count: 1, amount: 9 },
]

test('each cell is found in the lines of its own record, on one page after the other', () => {
  expect(cells([hinge, plank, hinge])).toEqual({
    text: { count: 3, wanted: 3, at: [['Brass hinge', 'Oak plank'], ['Brass hinge']] },
    count: { count: 3, wanted: 3, at: [['2', '1'], ['2']] },
    amount: { count: 3, wanted: 3, at: [['8.00', '9.00'], ['8.00']] },
  })
})

test('what goes on below belongs to a record, and what is not printed is counted as missing', () => {
  const found = cells([
    { text: 'Brass hinge polished', amount: 8 },
    { text: 'Pine plank', amount: 9 },
  ])
  expect(found['text']).toEqual({ count: 1, wanted: 2, at: [['Brass hinge polished'], []] })
  expect(found['amount']).toEqual({ count: 2, wanted: 2, at: [['8.00', '9.00'], []] })
  expect(found).not.toHaveProperty('count')
})
