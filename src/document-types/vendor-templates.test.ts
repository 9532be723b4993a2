import { beforeAll, expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { defineDocumentType, type DocumentType } from '../core/document-type.ts'
import { parseVendorTemplate } from '../templating/vendor/parse.ts'
import { fromJsonSchema } from './from-json-schema.ts'
import { loadType, type LoadedType } from './load.ts'
import { schemaFields } from './schema-fields.ts'
import { withVendorTemplates } from './vendor-templates.ts'

let receipt: LoadedType
beforeAll(async () => {
  receipt = await loadType('receipt', '/')
})

const parse = (fields: string, { name = 'maju', match = 'KEDAI MAJU', type = 'receipt' } = {}) =>
  parseVendorTemplate(`vendor: Maju\ntype: ${type}\nmatch: ${match}\nfields:\n${fields}`, name)

const page = pageOf(`
KEDAI MAJU
Bil: 42      Tarikh: 3/4/18   8.13 PM
Nasi Lemak         9.00
Teh Tarik          1.00
Jumlah            10.00
Cukai              0.60
Perlu bayar  RM   10.60
Tunai             20.00`)

const fill = (type: DocumentType, pages = [page]) => type.template.fill({ pages, entities: [] })

const fields = `
  /merchant/name: { text: Kedai Maju }
  /date: { anchor: Tarikh }
  /time: { regex: '(\\d+\\.\\d\\d [AP]M)' }
  /currency: { anchor: Perlu bayar }
  /items: { table: { from: Bil, to: Jumlah, starts: amount, columns: { description: { x: [0, 0.2] }, amount: { x: [0.2, 1] } } } }
  /subtotal: { anchor: Jumlah }
  /tax: { region: { below: Jumlah, rows: 1 } }
  /total: { anchor: Perlu bayar }`

test('its fields come first, parsed as the type has them, and it is told that it was used', () => {
  const { data, fields: found, producedBy } = fill(withVendorTemplates(receipt, [parse(fields)]))
  const cell = { quantity: null, unitPrice: null }
  expect(data).toEqual({
    merchant: { name: 'Kedai Maju', address: null, phone: null },
    date: '2018-04-03',
    time: '20:13',
    currency: 'MYR',
    items: [
      { ...cell, description: 'Nasi Lemak', amount: 9 },
      { ...cell, description: 'Teh Tarik', amount: 1 },
    ],
    subtotal: 10,
    discount: null,
    serviceCharge: null,
    taxes: [],
    tax: 0.6,
    rounding: null,
    tip: null,
    total: 10.6,
  })
  expect(Object.values(found).every(({ value, source }) => value === null || source !== null)).toBe(true)
  expect(producedBy).toEqual({ 'template:maju': expect.stringMatching(/^[0-9a-f]{12}$/) })
})

test('a template before the type changes nothing of which labels the type looks at', () => {
  const labels = receipt.type.template.labels!
  expect(labels).toContain('TOTAL')
  expect(withVendorTemplates(receipt, [parse(fields)]).template.labels).toEqual(labels)
})

test('another vendor is read by the type alone', () => {
  const type = withVendorTemplates(receipt, [parse(fields, { match: 'KEDAI LAIN' })])
  expect(fill(type)).toEqual(fill(receipt.type))
  expect(fill(type).producedBy).toBeUndefined()
})

test('what the template does not find, the type looks for', () => {
  const words = page.lines[5]!.words
  const total = { label: 'TOTAL', confidence: 0.8, page: 1, words, group: null }
  const type = withVendorTemplates(receipt, [parse('  /total: { anchor: Grand Total }')])
  expect(type.template.fill({ pages: [page], entities: [total] }).fields['/total']).toMatchObject({
    value: 0.6,
  })
})

test('the arithmetic of the type still mends what was misread', () => {
  const misread = pageOf('KEDAI MAJU\nJumlah  10.00\nCukai  0.60\nPerlu bayar  18.60')
  const template = parse(
    '  /subtotal: { anchor: Jumlah }\n  /tax: { anchor: Cukai }\n  /total: { anchor: Perlu bayar }',
  )
  const type = withVendorTemplates(receipt, [template])
  const reading = { pages: [misread], entities: [], digitConfusions: { '0→8': 9 } }
  const { data, violations } = type.template.fill(reading)
  expect(data).toMatchObject({ total: 10.6 })
  expect(violations).toMatchObject([{ code: 'AMOUNT_REPAIRED', field: '/total' }])
})

test.each([
  ['a field that the type does not have', '  /totl: { anchor: A }', /no field \/totl; there are .*\/total/],
  ['a part of a list', '  /items/0/amount: { anchor: A }', /no field \/items\/0/],
  ['a list without a table', '  /items: { anchor: A }', /only a table/],
  ['a table for one value', '  /total: { table: { starts: a, columns: { a: { x: [0, 1] } } } }', /one value/],
  ['a column that the list does not have', '  /items: { table: { starts: a, columns: { a: { x: [0, 1] } } } }', /no column "a"/],
])('refuses %s', (_, fields, words) => {
  expect(() => withVendorTemplates(receipt, [parse(fields)])).toThrow(words)
}) // prettier-ignore

test('a type that is filled by a program takes no vendor templates', () => {
  const template = { fill: () => ({ data: {}, fields: {}, violations: [] }) }
  const type = defineDocumentType({ ...receipt.type, template })
  expect(() => withVendorTemplates({ ...receipt, type }, [parse(fields)])).toThrow(/by rules/)
  expect(withVendorTemplates({ ...receipt, type }, [])).toBe(type)
})

test('a JSON Schema takes templates too', () => {
  const schema = {
    type: 'object',
    properties: { bill: { type: 'integer' }, when: { type: 'string', format: 'date' } },
  }
  const { jsonSchema, ...type } = fromJsonSchema(JSON.stringify(schema), 'bill')
  const loaded = { type, jsonSchema, ref: { name: 'bill', file: null, hash: '' } }
  const template = parse('  /bill: { anchor: Bil }\n  /when: { anchor: Tarikh }', { type: 'bill' })
  expect(fill(withVendorTemplates(loaded, [template])).data).toEqual({ bill: 42, when: '2018-04-03' })
})

test('the fields of a type are parsed by what they are, or are called', () => {
  const parsers = [...schemaFields(receipt.jsonSchema)].map(([p, f]) => [
    p,
    f.kind === 'field' ? f.as : f.columns,
  ])
  expect(Object.fromEntries(parsers)).toEqual({
    '/merchant/name': 'text',
    '/merchant/address': 'text',
    '/merchant/phone': 'phone',
    '/date': 'date',
    '/time': 'time',
    '/currency': 'currency',
    '/items': { description: 'text', quantity: 'number', unitPrice: 'money', amount: 'money' },
    '/subtotal': 'money',
    '/discount': 'money',
    '/serviceCharge': 'money',
    '/taxes': { label: 'text', rate: 'number', base: 'money', amount: 'money' },
    '/tax': 'money',
    '/rounding': 'money',
    '/tip': 'money',
    '/total': 'money',
  })
})
