import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { draftSchema } from './draft-schema.ts'
import { fromJsonSchema } from './from-json-schema.ts'

const shown = `
Hollowick Mills                       ORDER
Order No.: A-1047            Date of order:  17 June 2024
Delivery week: 27            Dock leader:  Ada Field
IBAN: DE89 3704 0044 0532 0130 00

Goods                     Qty        Amount
Oats, rolled                3         12.00
Rye flour, coarse           1          4.50

Net                                   16.50
VAT 20 %                               3.30
Total                                 19.80
`

const drafted = draftSchema([pageOf(shown)], 'Order')

test('every caption with a value is a property of its form, under its caption as title', () => {
  expect(drafted.schema).toMatchObject({
    title: 'Order',
    type: 'object',
    properties: {
      orderNumber: { title: 'Order No', type: ['string', 'null'] },
      dateOfOrder: { title: 'Date of order', type: ['string', 'null'], format: 'date' },
      deliveryWeek: { title: 'Delivery week' },
      dockLeader: { title: 'Dock leader', type: ['string', 'null'] },
      iban: { format: 'iban' },
      net: { type: ['number', 'null'] },
      total: { type: ['number', 'null'] },
    },
  })
})

test('a table below headings is a list, whose rows are no properties', () => {
  expect(drafted.schema.properties!['lines']).toEqual({
    type: 'array',
    items: {
      type: 'object',
      properties: {
        description: { title: 'Goods', type: ['string', 'null'] },
        quantity: { title: 'Qty', type: ['number', 'null'] },
        amount: { title: 'Amount', type: ['number', 'null'] },
      },
    },
  })
  expect(Object.keys(drafted.schema.properties!).filter((key) => /oats|rye/i.test(key))).toEqual([])
})

test('says what the page prints for each', () => {
  expect(drafted.properties).toContainEqual({
    pointer: '/orderNumber',
    caption: 'Order No',
    text: 'A-1047',
  })
})

test('what is drafted reads the page that it was drafted from', () => {
  const type = fromJsonSchema(JSON.stringify(drafted.schema), 'order')
  expect(type.template.fill({ pages: [pageOf(shown)], entities: [] }).data).toMatchObject({
    orderNumber: 'A-1047',
    dateOfOrder: '2024-06-17',
    dockLeader: 'Ada Field',
    lines: [
      { quantity: 3, amount: 12 },
      { quantity: 1, amount: 4.5 },
    ],
    net: 16.5,
    total: 19.8,
  })
})

test('a page without captions gives a schema without properties', () => {
  expect(draftSchema([pageOf('Once upon a time')], 'Tale').schema.properties).toEqual({})
})
