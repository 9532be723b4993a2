import {
  absolute,
  addsUp,
  currency,
  date,
  defineDocumentType,
  entity,
  firstOf,
  money as printedMoney,
  number,
  phone,
  records,
  sumOf,
  template,
  time,
  wording,
} from '../src/authoring.ts'
import { receiptLabeller } from './receipt/labelling/labeller.ts'
import { receiptRules } from './receipt/rules.ts'
import { receiptSchema } from './receipt/schema.ts'

export { receiptSchema, type Receipt } from './receipt/schema.ts'

export default defineDocumentType({
  name: 'receipt',
  schema: receiptSchema,
  required: ['/merchant/name', '/date', '/total'],
  template: template(
    {
      '/merchant/name': entity('MERCHANT_NAME', { as: wording }),
      '/merchant/address': entity('ADDRESS', { as: wording }),
      '/merchant/phone': entity('PHONE', { as: phone }),
      '/date': entity('DATE', { as: date }),
      '/time': entity('TIME', { as: time }),
      '/currency': currency(),
      '/items': records({
        description: { label: 'ITEM_DESCRIPTION' },
        quantity: { label: 'ITEM_QUANTITY', as: number },
        unitPrice: { label: 'ITEM_UNIT_PRICE', as: printedMoney },
        amount: { label: 'ITEM_AMOUNT', as: printedMoney },
      }),
      '/subtotal': entity('SUBTOTAL', { as: printedMoney }),
      '/discount': entity('DISCOUNT', { as: absolute(printedMoney) }),
      '/serviceCharge': entity('SERVICE_CHARGE', { as: printedMoney }),
      '/taxes': records({
        label: { label: 'TAX_LABEL' },
        rate: { label: 'TAX_RATE', as: number },
        base: { label: 'TAX_BASE', as: printedMoney },
        amount: { label: 'TAX_AMOUNT', as: printedMoney },
      }),
      '/tax': firstOf(entity('TAX', { as: printedMoney }), sumOf('TAX_AMOUNT', { as: printedMoney })),
      '/rounding': entity('ROUNDING', { as: printedMoney }),
      '/tip': entity('TIP', { as: printedMoney }),
      '/total': entity('TOTAL', { as: printedMoney }),
    },
    addsUp({
      total: '/total',
      first: '/subtotal',
      // Shares as receipts seem to have them; nobody has counted.
      parts: [
        { field: '/discount', sign: -1, counted: 0.8, absent: 0.9 },
        { field: '/serviceCharge', counted: 0.95, absent: 0.9 },
        { field: '/tax', counted: 0.5, absent: 0.4 },
        { field: '/rounding', counted: 0.95, absent: 0.85 },
        { field: '/tip', counted: 0.7, absent: 0.9 },
      ],
      lines: { records: '/items', amount: 'amount', quantity: 'quantity', unitPrice: 'unitPrice' },
      tables: [{ records: '/taxes', amount: 'amount', makes: '/tax' }],
      rounding: 5,
      payment: {
        tendered: entity('TENDERED', { as: printedMoney }),
        change: entity('CHANGE', { as: absolute(printedMoney) }),
      },
    }),
  ),
  rules: receiptRules,
  labellers: [receiptLabeller],
  model: 'receipt/1',
})
