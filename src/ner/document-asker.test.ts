import { expect, test } from 'vitest'
import type { FieldQuestion } from '../core/field-question.ts'
import { pageOf } from '../core/page.case.ts'
import { openModel } from '../onnx/model-folder.ts'
import { testEntityTagger } from './contract.case.ts'
import { openDocumentAsker } from './document-asker.ts'

const field = (name: string, title: string, type: FieldQuestion['type'] = 'string'): FieldQuestion => ({
  pointer: `/${name}`,
  list: null,
  phrases: [
    { kind: 'title', text: title },
    { kind: 'name', text: name },
  ],
  type,
})

const model = await openModel('document/3')
const receipt = await openDocumentAsker(model, [
  field('company', 'Company'),
  field('date', 'Date', 'date'),
  field('total', 'Total', 'number'),
])

testEntityTagger('document', () => receipt)

const order = `
   Vessel:        Northern Star        Vessel Code:    NS-4
   Berth number   B 17                 Loading dates   04/03/2024 - 09/03/2024

   Consignee                           Carrier
   Halden & Moor (North) Ltd           Brightwater Freight

   Port of call: Hull                  Gross weight: 12.5 t`

const textsOf = async (...questions: FieldQuestion[]) => {
  const asker = await openDocumentAsker(model, questions)
  const found = await asker.tag([pageOf(order, { confidence: 1 })])
  await asker.dispose?.()
  return questions.map(({ pointer }) => {
    const best = found.find(({ label }) => label === pointer)
    return best && best.confidence > 0.3 ? best.words.map(({ text }) => text).join(' ') : null
  })
}

test('finds values by captions that nobody has listed, and not those of captions that go on', async () => {
  const found = await textsOf(
    field('vessel', 'Vessel'),
    field('vesselCode', 'Vessel code'),
    field('berth', 'Berth no.'),
  )
  expect(found).toEqual(['Northern Star', 'NS-4', 'B 17'])
})

test('finds the ends of a span, and what stands below its caption', async () => {
  const found = await textsOf(
    field('loading_from', 'Loading from', 'date'),
    field('loading_to', 'Loading to', 'date'),
    field('consignee', 'Consignee'),
  )
  expect(found).toEqual(['04/03/2024', '09/03/2024', 'Halden & Moor (North) Ltd'])
})

test('says what is not there', async () => {
  expect(await textsOf(field('iban', 'IBAN', 'iban'), field('seat', 'Seat number'))).toEqual([null, null])
})

test('refuses a model of another kind', async () => {
  await expect(openDocumentAsker(await openModel('receipt-tagger/1'), [])).rejects.toMatchObject({
    code: 'E_ENGINE',
  })
})

const bill = `
   Corner Hardware                      Bill no. 7731

   Description        Qty     Each     Sum
   Blue paint         2       6.25     12.50
   Brush set          1       7.20     7.20
   Sand paper         10      0.30     3.00

                      Total            22.70`

const column = (name: string, title: string, type: FieldQuestion['type']): FieldQuestion => ({
  ...field(name, title, type),
  pointer: `/lines/*/${name}`,
  list: '/lines',
})

test('columns of a table are read record by record', async () => {
  const columns = [
    column('description', 'Description', 'string'),
    column('count', 'Qty', 'number'),
    column('sum', 'Sum', 'number'),
  ]
  const asker = await openDocumentAsker(model, columns)
  const found = await asker.tag([pageOf(bill, { confidence: 1 })])
  await asker.dispose?.()
  const records = [...new Set(found.map(({ group }) => group))].map((record) =>
    columns.map(({ pointer }) =>
      found
        .filter(({ label, group }) => label === pointer && group === record)
        .map(({ words }) => words.map(({ text }) => text).join(' ')),
    ),
  )
  expect(records).toEqual([
    [['Blue paint'], ['2'], ['12.50']],
    [['Brush set'], ['1'], ['7.20']],
    [['Sand paper'], ['10'], ['3.00']],
  ])
})
