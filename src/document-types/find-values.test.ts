import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import type { Scalar } from '../core/extraction.ts'
import type { SchemaNode } from '../core/schema-node.ts'
import { pageInputs } from '../onnx/document/page.ts'
import { askerManifestSchema } from '../onnx/document/manifest.ts'
import { openModel } from '../onnx/model-folder.ts'
import { contextOf } from '../templating/template.ts'
import { placesOf } from './find-values.ts'
import { askedBy } from './schema-questions.ts'

const { features } = askerManifestSchema.parse((await openModel('document/3')).manifest)

/** The words of each place where a value of a property is found, joined. */
function found(text: string, property: Readonly<Record<string, SchemaNode>>, truth: NonNullable<Scalar>) {
  const page = pageOf(text)
  const { right, below } = pageInputs(page.lines, features)
  const words = page.lines.flatMap((line) => line.words)
  const [question] = askedBy({ type: 'object', properties: property }, 'order').questions
  const context = contextOf({ pages: [page], entities: [] })
  return placesOf({ words, right, below }, truth, question!, context).map((run) =>
    run.map((i) => words[i]!.text).join(' '),
  )
}

const slip = `
Ordered by: Halden & Moor       Contract: A-1047/2
            (North) Ltd.        Flight: 12/30/19 - 01/05/20

Net     $ 1,250.00              Ordered by Halden & Moor
Gross   USD 1,406.25            Deposit 1,406.25
`

test('a text is found letter by letter, whatever signs stand in it, also where it goes on below', () => {
  const buyer = { buyer: { type: 'string' } }
  expect(found(slip, buyer, 'Halden and Moor')).toEqual([])
  expect(found(slip, buyer, 'HALDEN MOOR')).toEqual(['Halden & Moor', 'Halden & Moor'])
  expect(found(slip, buyer, 'Halden & Moor (North) Ltd')).toEqual(['Halden & Moor (North) Ltd.'])
  expect(found(slip, { contract: { type: 'string' } }, 'A-1047/2')).toEqual(['A-1047/2'])
  expect(found(slip, { contract: { type: 'string' } }, '1047')).toEqual([])
})

test('a text that was misread is found at the one place that reads most like it', () => {
  expect(
    found(slip.replace('(North)', '(Nortn)'), { buyer: { type: 'string' } }, 'Halden & Moor (North) Ltd'),
  ).toEqual(['Halden & Moor (Nortn) Ltd.'])
})

test('an amount is found however it is printed, with or without its currency, and at all its places', () => {
  const gross = { gross: { type: 'number' } }
  expect(found(slip, gross, 1250)).toEqual(['$ 1,250.00', '1,250.00'])
  expect(found(slip, gross, 1406.25)).toEqual(['USD 1,406.25', '1,406.25', '1,406.25'])
  expect(found(slip, gross, 1406)).toEqual([])
})

test('of a span of days each end is found where it stands', () => {
  const day = { type: 'string', format: 'date' } as const
  expect(found(slip, { flight_from: day }, '2019-12-30')).toEqual(['12/30/19'])
  expect(found(slip, { flight_to: day }, '2020-01-05')).toEqual(['01/05/20'])
  expect(found('Flight: 12/30/19-01/05/20', { flight_to: day }, '2020-01-05')).toEqual(['12/30/19-01/05/20'])
})
