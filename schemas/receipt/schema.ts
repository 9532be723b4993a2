import { z } from 'zod'
import { field } from '../../src/core/field-spec.ts'

const text = z.string().min(1).nullable()
const amount = z.number().nullable()
const part = amount.meta(field({ comparator: 'amount', risk: 'medium' }))
const detail = amount.meta(field({ comparator: 'amount', risk: 'low' }))

const item = z.object({
  description: text.meta(field({ risk: 'low' })),
  quantity: detail,
  unitPrice: detail,
  amount: detail.describe('Negative for what is taken off or given back'),
})

const tax = z.object({
  label: text.describe('As printed: "CGST 9%", "MwSt A"').meta(field({ risk: 'low' })),
  rate: detail.describe('In percent'),
  base: detail.describe('What the tax is taken of, without it'),
  amount: detail,
})

/**
 * A receipt, an invoice or a credit note. The total is the subtotal less the discount, with service charge, tax and
 * rounding, each of them only where the subtotal does not contain it already; a tip comes on top where the total contains
 * it. What the document does not print is null. Amounts of a refund are negative where they are printed so.
 */
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
  discount: part.describe('Taken off the whole, positive: 5.00 for a printed -5.00'),
  serviceCharge: part.describe('Added by the house, unlike a tip'),
  taxes: z.array(tax).nullable().describe('Each tax that is printed with an amount'),
  tax: part.describe('All taxes together'),
  rounding: part.describe('Added to reach the total; negative where it lowers it'),
  tip: part.describe('Left by the guest'),
  total: amount
    .describe('What had to be paid, after rounding')
    .meta(field({ comparator: 'amount', risk: 'high' })),
})

export type Receipt = z.infer<typeof receiptSchema>
