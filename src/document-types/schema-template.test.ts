import { expect, test } from 'vitest'
import type { OcrPage } from '../core/document.ts'
import { pageOf } from '../core/page.case.ts'
import { fromJsonSchema } from './from-json-schema.ts'

const text = { type: 'string' }
const number = { type: 'number' }
const day = { type: 'string', format: 'date' }
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more })

const read = (properties: object, pages: string | readonly OcrPage[], more: object = {}) => {
  const type = fromJsonSchema(JSON.stringify(object(properties, more)), 'invoice')
  const shown = typeof pages === 'string' ? [pageOf(pages, { confidence: 1 })] : pages
  return type.template.fill({ pages: shown, entities: [] })
}
const dataOf = (properties: object, page: string, more: object = {}) => read(properties, page, more).data

test.each<[string, object, string, unknown]>([
  ['its own caption, not the total', { amount: number }, 'AMOUNT   40.00\nTOTAL    95.00', { amount: 40 }],
  ['its own caption below another', { amount: number }, 'TOTAL   95.00\nAmount: 40.00', { amount: 40 }],
  ['its own caption before a synonym', { total: number }, 'Amount due  5.00\nTotal  9.00', { total: 9 }],
  ['a title', { gross: { ...number, title: 'Sum of all' } }, 'Sum of all: 9.00', { gross: 9 }],
  [
    'printed captions',
    { who: { ...text, 'x-captions': ['Clerk', 'Served by'] } },
    'Served by   Ada',
    { who: 'Ada' },
  ],
  ['camel case', { claimNumber: text }, 'Claim number   EC-2231', { claimNumber: 'EC-2231' }],
  ['snake case', { claim_number: text }, 'Claim No.: EC-2231', { claim_number: 'EC-2231' }],
  ['an abbreviation', { orderQty: { type: 'integer' } }, 'Order quantity  12', { orderQty: 12 }],
  ['a number sign', { contract_number: text }, 'Contract #   575746', { contract_number: '575746' }],
  [
    'a short description',
    { x1: { ...text, description: 'Parking zone' } },
    'Parking zone   B7',
    { x1: 'B7' },
  ],
  ['a synonym in German', { total: number }, 'Rechnungsbetrag   119,00 EUR', { total: 119 }],
  ['a synonym in French', { invoiceNumber: text }, 'Facture n° : F-2024-7', { invoiceNumber: 'F-2024-7' }],
  ['a synonym in Spanish', { net: number }, 'Base imponible   100,00', { net: 100 }],
  ['a synonym in Dutch', { dueDate: day }, 'Vervaldatum  02-03-2024', { dueDate: '2024-03-02' }],
  ['a slip of OCR', { invoiceNumber: text }, 'lnvoice number: A-17', { invoiceNumber: 'A-17' }],
  [
    'no space after the colon',
    { issued: { ...day, title: 'Date' } },
    'Date:17/06/2024',
    { issued: '2024-06-17' },
  ],
])('finds a value by %s', (_, properties, page, data) => expect(dataOf(properties, page)).toEqual(data))

test.each<[string, object, string]>([
  ['an invoice is not its date', { invoice: text }, 'Invoice Date   2 March 2024'],
  ['an advertiser is not its code', { advertiser: text }, 'Advertiser Code   MBLM'],
  ['an advertiser is not its external ID', { advertiser: text }, 'Advertiser External ID:   8062005'],
  ['a customer is not a customer number', { customer: text }, 'Customer number: 4711'],
  ['a total is no subtotal', { total: number }, 'Sub Total   9.00'],
  ['a sentence names nothing', { advertiser: text }, 'All that the advertiser owes shall be paid'],
  ['the next caption is no value', { buyer: text, seller: text }, 'Buyer:   Seller:   '],
  ['a day is no amount', { total: number }, 'Total   12/05/2024'],
  ['30 days are no amount', { net: number }, 'Net 30 days'],
  ['a number needs digits', { contractNumber: text }, 'Contract number   Date Entered'],
  ['a wrong account number', { iban: { ...text, format: 'iban' } }, 'IBAN DE89 3704 0044 0532 0130 01'],
])('finds nothing where there is none: %s', (_, properties, page) => {
  const { data, fields } = read(properties, page)
  expect(Object.values(data as object)).toEqual(Object.keys(properties).map(() => null))
  expect(Object.values(fields).every(({ confidence }) => confidence === 0)).toBe(true)
})

test('what is only a part of a caption is less sure than a whole one', () => {
  const { fields } = read({ total: number }, 'Total qty   12')
  expect(fields['/total']!.confidence).toBeLessThan(0.6)
  expect(read({ total: number }, 'Total   12.00').fields['/total']!.confidence).toBeGreaterThan(0.6)
  expect(read({ total: number }, 'Total qty  12\nTotal  9.00').data).toEqual({ total: 9 })
})

test.each<[string, object, string, unknown]>([
  ['to the right, up to the next caption', { number: text, issued: { ...day, title: 'Date' } }, 'Invoice No: A-17 Date: 3 May 2024', { number: 'A-17', issued: '2024-05-03' }],
  ['to the right, up to the next column', { name: text }, 'Name    Mara Lind         Page   3', { name: 'Mara Lind' }],
  ['below', { invoiceNumber: text, date: day }, 'Invoice No      Date\nA-17            3 May 2024', { invoiceNumber: 'A-17', date: '2024-05-03' }],
  ['below, beside a caption nobody knows', { advertiser: text }, 'Advertiser            Original Date / Revision\nHollowick and Sons    03/03/20', { advertiser: 'Hollowick and Sons' }],
  ['below, and not from the next column', { buyer: text }, 'Buyer                Seller\nAda Ltd              Bob Ltd', { buyer: 'Ada Ltd' }],
  ['over several lines', { address: text }, 'Address   3 Foundry Lane\n          Leeds LS2 8AB\n\nPhone 12', { address: '3 Foundry Lane Leeds LS2 8AB' }],
  ['on a broken line', { product: text }, 'Product   Bolts, nuts &\n          washers', { product: 'Bolts, nuts & washers' }],
  ['without the line of another field', { buyer: text, phone: text }, 'Buyer     Ada Ltd\nPhone     +44 20 7946 0000', { buyer: 'Ada Ltd', phone: '+44 20 7946 0000' }],
  ['the amount, not how many', { total: number }, 'Total    10    985.00', { total: 985 }],
  ['the amount, not the rate', { vat: number }, 'VAT 20%    126.10', { vat: 126.1 }],
  ['both ends of a span', { flight_from: day, flight_to: day }, 'Flight dates:  03/02/2024 - 09/02/2024', { flight_from: '2024-02-03', flight_to: '2024-02-09' }],
])('a value stands %s', (_, properties, page, data) => expect(dataOf(properties, page)).toEqual(data)) // prettier-ignore

test.each<[string, object, string, unknown]>([
  ['integer', { pages: { type: 'integer' } }, 'Pages: 2', 2],
  ['number that counts', { weight: number }, 'Weight: 12.5 kg', 12.5],
  ['number or text', { total: { oneOf: [number, text] } }, 'Total: 9.50', 9.5],
  ['nullable by a list of types', { total: { type: ['null', 'number'] } }, 'Total: 9.50', 9.5],
  ['nullable by a choice', { total: { anyOf: [{ type: 'null' }, number] } }, 'Total: 9.50', 9.5],
  ['put together', { total: { allOf: [number, { title: 'Whole sum' }] } }, 'Whole sum: 9.50', 9.5],
  ['boolean', { paid: { type: 'boolean' } }, 'Paid: yes', true],
  ['choice', { status: { enum: ['paid', 'notPaid'] } }, 'Status: not paid', 'notPaid'],
  ['choice of numbers', { rate: { enum: [7, 19] } }, 'Rate: 19 %', 19],
  ['currency', { currency: text }, 'Total  £ 9.00', 'GBP'],
  ['currency of a few', { currency: { enum: ['GBP', 'EUR'] } }, 'Total  9.00 EUR', 'EUR'],
  ['day without a format', { deliveryDate: text }, 'Delivery date: 3 May 2024', '2024-05-03'],
  ['moment', { printedAt: { ...text, format: 'date-time' } }, 'Printed at: 2024-05-03 10:15Z', '2024-05-03T10:15:00Z'],
  ['moment without an offset', { printedAt: { ...text, format: 'date-time' } }, 'Printed at: 2024-05-03 10:15', null],
  ['local moment', { printedAt: { ...text, format: 'iso-date-time' } }, 'Printed at: 3 May 2024 10:15', '2024-05-03T10:15:00'],
  ['email', { email: { ...text, format: 'email' } }, 'E-mail: ada@hollowick.example.', 'ada@hollowick.example'],
  ['address of the web', { site: { ...text, format: 'uri' } }, 'Site: see https://hollowick.example/a.', 'https://hollowick.example/a'],
  ['account number', { iban: { ...text, format: 'iban' } }, 'IBAN DE89 3704 0044 0532 0130 00 BIC X', 'DE89 3704 0044 0532 0130 00'],
  ['pattern', { ref: { ...text, pattern: '^[A-Z]{2}-\\d+$' } }, 'Ref: our AB-77 of May', 'AB-77'],
  ['examples with digits', { sign: { ...text, examples: ['K-1'] } }, 'Sign: Berlin K-99', 'K-99'],
  ['VAT number', { seller: object({ vatId: text }) }, 'VAT Reg No: GB 987 6543 21', { vatId: 'GB 987 6543 21' }],
])('reads a %s', (_, properties, page, value) => {
  expect(Object.values(dataOf(properties, page) as object)).toEqual([value])
}) // prettier-ignore

const party = object({ name: text, vatId: text }, { required: ['name'] })

test.each<[string, string, unknown, unknown]>([
  ['by their captions', 'Seller:  Ada Ltd      Buyer:  Bob Inc', 'Ada Ltd', 'Bob Inc'],
  ['by the whole path', 'Buyer name:  Bob Inc\nSeller name:  Ada Ltd', 'Ada Ltd', 'Bob Inc'],
  ['in blocks', 'Seller:            Buyer:\nAda Ltd            Bob Inc\n1 A Street         2 B Road', 'Ada Ltd', 'Bob Inc'],
  ['by other words', 'Supplier   Ada Ltd\nBill to    Bob Inc', 'Ada Ltd', 'Bob Inc'],
  ['with a name in each', 'Seller\nName: Ada Ltd\n\nBuyer\nName: Bob Inc', 'Ada Ltd', 'Bob Inc'],
])('parts of records are told apart %s', (_, page, seller, buyer) => {
  const data = dataOf({ seller: party, buyer: party }, page)
  expect(data).toMatchObject({ seller: { name: seller }, buyer: { name: buyer } })
}) // prettier-ignore

test('what two records call the same goes to the one in whose part of the page it stands', () => {
  const page = 'Buyer:  Bob Inc\nVAT ID: DE111111111\n\nSeller:  Ada Ltd\nVAT ID: GB222222222'
  expect(dataOf({ seller: party, buyer: party }, page)).toEqual({
    seller: { name: 'Ada Ltd', vatId: 'GB222222222' },
    buyer: { name: 'Bob Inc', vatId: 'DE111111111' },
  })
})

test('a caption that is printed twice with different values leaves a doubt', () => {
  const once = read({ reference: text }, 'Reference: A-1').fields['/reference']!
  const twice = read({ reference: text }, 'Reference: A-1\n\nReference: B-2').fields['/reference']!
  const same = read({ reference: text }, 'Reference: A-1\n\nReference: A-1').fields['/reference']!
  expect([once.confidence > 0.6, twice.confidence < 0.6, same.confidence > 0.6]).toEqual([true, true, true])
})

test('who sends a document is guessed from its head, and the guess is not sure', () => {
  const page = 'INVOICE\nQuillon Instruments Ltd      Invoice No: QI-1\nLeeds\n\nTotal 9.00'
  const { data, fields } = read({ seller: object({ name: text }) }, page)
  expect(data).toEqual({ seller: { name: 'Quillon Instruments Ltd' } })
  expect(fields['/seller/name']!.confidence).toBeLessThan(0.5)
})

test('a plain French invoice: nothing is taken for what it is not', () => {
  const page = `
    FACTURE
    Ateliers Verneuil SARL
    12 rue des Lilas, 69003 Lyon
    Facture n° : 2024-118
    Date : 17/06/2024
    Total HT        700,00 €
    TVA 20 %        140,00 €
    Total TTC       840,00 €`
  const asked = { supplier: text, invoiceNumber: text, date: day, subtotal: number, tax: number, total: number, iban: text } // prettier-ignore
  const { data, fields } = read(asked, page)
  expect(data).toEqual({
    supplier: 'Ateliers Verneuil SARL',
    invoiceNumber: '2024-118',
    date: '2024-06-17',
    subtotal: 700,
    tax: 140,
    total: 840,
    iban: null,
  })
  expect(fields['/supplier']!.confidence).toBeLessThan(0.5)
})

test('lists of values are not looked for, what can be but one value neither', () => {
  const { fields } = read(
    { tags: { type: 'array', items: text }, kind: { const: 'invoice' } },
    'Tags: a, b\nKind: invoice',
  )
  expect(fields).toEqual({})
})

test('no tagger is asked for a type that names none of its labels', () => {
  const type = fromJsonSchema(
    JSON.stringify(object({ total: number, lines: { type: 'array', items: object({ amount: number }) } })),
    'bill',
  )
  expect(type.template.labels).toEqual([])
})

const invoice = {
  seller: text,
  seller_vat_id: text,
  buyer: text,
  iban: text,
  net: number,
  tax: number,
  total: number,
  amount_due: number,
}

const letter = `Hollowick Mills Ltd
Weir Lane 4
75253 Roding

Ada Field Ltd
Long Street 12
51252 Neu-Ulm

Net                  200.00
VAT 19%               19.00
VAT 7%                 7.00
Total                226.00

VAT ID: DE123456789        IBAN: DE89 3704 0044
                           0532 0130 00`

test('a letter names its parties by where they stand, and its amounts say of each other what they are', () =>
  expect(dataOf(invoice, letter)).toEqual({
    seller: 'Hollowick Mills Ltd',
    seller_vat_id: 'DE123456789',
    buyer: 'Ada Field Ltd',
    iban: 'DE89 3704 0044 0532 0130 00',
    net: 200,
    tax: 26,
    total: 226,
    amount_due: 226,
  }))

test('a tax that is printed as a sum is not added up again', () =>
  expect(
    dataOf(
      { net: number, tax: number, total: number },
      'Net  200.00\nVAT 19%  19.00\nVAT 7%  7.00\nVAT total  26.00\nTotal  226.00',
    ),
  ).toEqual({ net: 200, tax: 26, total: 226 }))

test('what is to be paid is not the total where both are printed', () =>
  expect(
    dataOf({ total: number, amount_due: number }, 'Total  226.00\nDeposit  100.00\nAmount due  126.00'),
  ).toEqual({ total: 226, amount_due: 126 }))

test('a name that speaks of a party is looked for in its part of the page', () =>
  expect(
    dataOf(
      { buyer_vat_id: text, customer_number: text },
      'From: Hollowick Mills      Bill to: Ada Field\nVAT ID: GB 987 6543 21     VAT ID: DE 123456789\n\nCustomer number: 4711',
    ),
  ).toEqual({ buyer_vat_id: 'DE 123456789', customer_number: '4711' }))

test('a page without an address has nobody that it is for', () =>
  expect(dataOf({ buyer: text }, 'Hollowick Mills\n\nOats, rolled    12.00\nTotal   12.00')).toEqual({
    buyer: null,
  }))
