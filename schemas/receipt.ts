import { z } from 'zod'
import { defineDocumentType } from '../src/core/document-type.ts'
import { field } from '../src/core/field-spec.ts'
import type { Violation } from '../src/core/extraction.ts'
import { addsUp } from '../src/templating/arithmetic.ts'
import { currency } from '../src/templating/currency.ts'
import { entity } from '../src/templating/entity.ts'
import { date, money as printedMoney, number, phone, time, wording } from '../src/templating/parsers.ts'
import { records } from '../src/templating/records.ts'
import { template } from '../src/templating/template.ts'

const text = z.string().min(1).nullable()
const amount = z.number().nullable()
const part = amount.meta(field({ comparator: 'amount', risk: 'medium' }))

const item = z.object({
  description: text.meta(field({ risk: 'low' })),
  quantity: amount.meta(field({ comparator: 'amount', risk: 'low' })),
  unitPrice: amount.meta(field({ comparator: 'amount', risk: 'low' })),
  amount: amount.meta(field({ comparator: 'amount', risk: 'low' })),
})

export const receiptSchema = z.object({
  merchant: z.object({
    name: text.meta(field({ risk: 'medium' })),
    address: text.meta(field({ risk: 'medium' })),
    phone: text.meta(field({ comparator: 'phone', risk: 'low' })),
  }),
  date: z.iso
    .date()
    .nullable()
    .describe('Day of the sale, ISO 8601')
    .meta(field({ comparator: 'date', risk: 'high' })),
  time: z
    .string()
    .regex(/^\d{2}:\d{2}(:\d{2})?$/)
    .nullable()
    .describe('Time of the sale as printed, HH:MM or HH:MM:SS')
    .meta(field({ comparator: 'time', risk: 'low' })),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .describe('ISO 4217')
    .meta(field({ risk: 'medium' })),
  items: z.array(item).nullable(),
  subtotal: part.describe('Before tax and service, as printed'),
  tax: part,
  tip: part,
  total: amount
    .describe('What had to be paid, after rounding')
    .meta(field({ comparator: 'amount', risk: 'high' })),
})

export type Receipt = z.infer<typeof receiptSchema>

/** Tills round to 5 cents; some print amounts before and after. */
const rounding = 0.05
const differ = (a: number, b: number, by = rounding): boolean => Math.abs(a - b) > by + 1e-6

function datePlausible({ date }: Receipt): readonly Violation[] {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  if (date === null || (date >= '1995-01-01' && date <= tomorrow)) return []
  return [{ code: 'DATE_IMPLAUSIBLE', field: '/date', message: `${date} is not a likely day for a sale.` }]
}

function totalAddsUp({ subtotal, tax, tip, total }: Receipt): readonly Violation[] {
  if (total === null || subtotal === null) return []
  const sums = [subtotal, subtotal + (tax ?? 0), subtotal + (tip ?? 0), subtotal + (tax ?? 0) + (tip ?? 0)]
  if (sums.some((sum) => !differ(sum, total))) return []
  const message = `Subtotal ${subtotal.toFixed(2)} with tax ${tax?.toFixed(2) ?? '–'} does not make the total ${total.toFixed(2)}.`
  return [{ code: 'TOTAL_MISMATCH', field: '/total', message }]
}

function linesAddUp({ items, subtotal, tax, total }: Receipt): readonly Violation[] {
  const amounts = items?.map((i) => i.amount ?? 0) ?? []
  const sum = amounts.reduce((a, b) => a + b, 0)
  const targets = [subtotal, total, total === null ? null : total - (tax ?? 0)].filter((t) => t !== null)
  if (amounts.length === 0 || targets.length === 0 || targets.some((t) => !differ(sum, t))) return []
  const message = `The item lines add up to ${sum.toFixed(2)}, the receipt says ${targets[0]!.toFixed(2)}.`
  return [{ code: 'LINES_MISMATCH', field: '/items', message }]
}

function lineProducts({ items }: Receipt): readonly Violation[] {
  return (items ?? []).flatMap(({ quantity, unitPrice, amount }, i) => {
    if (quantity === null || unitPrice === null || amount === null) return []
    if (!differ(quantity * unitPrice, amount, 0.02)) return []
    const message = `${quantity} × ${unitPrice.toFixed(2)} is not ${amount.toFixed(2)}.`
    return [{ code: 'LINE_MISMATCH', field: `/items/${i}/amount`, message }]
  })
}

function totalPositive({ total }: Receipt): readonly Violation[] {
  if (total === null || total > 0) return []
  return [
    { code: 'TOTAL_NOT_POSITIVE', field: '/total', message: `A total of ${total.toFixed(2)} is unusual.` },
  ]
}

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
      '/tax': entity('TAX', { as: printedMoney }),
      '/tip': entity('TIP', { as: printedMoney }),
      '/total': entity('TOTAL', { as: printedMoney }),
    },
    addsUp({
      total: '/total',
      first: '/subtotal',
      parts: ['/tax', '/tip'],
      lines: { records: '/items', amount: 'amount', quantity: 'quantity', unitPrice: 'unitPrice' },
      rounding: 5,
    }),
  ),
  rules: [datePlausible, totalAddsUp, linesAddUp, lineProducts, totalPositive],
})
