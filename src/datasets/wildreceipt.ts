import { z } from 'zod'
import { printedTruth, type PrintedField, type Truth } from '../scoring/metrics/truth.ts'

const texts = z.array(z.string()).default([])
const schema = z.object({
  store_name: z.array(z.string()),
  total: z.array(z.string()),
  tel: texts,
  date: texts,
  time: texts,
  subtotal: texts,
  tax: texts,
  tips: texts,
})

const withoutSpaces = (text: string): string => text.replace(/\s/g, '')

/** Transcripts have no spaces, and dates may be read either way. Addresses are left out. */
function toTruth(truth: z.infer<typeof schema>): Truth {
  const orders = ['day-first', 'month-first'] as const
  const fields: readonly PrintedField[] = [
    { pointer: '/merchant/name', kind: 'text', orders, values: truth.store_name },
    { pointer: '/merchant/phone', kind: 'phone', orders, values: truth.tel },
    { pointer: '/date', kind: 'date', orders, values: truth.date },
    { pointer: '/time', kind: 'time', orders, values: truth.time },
    { pointer: '/subtotal', kind: 'amount', orders, values: truth.subtotal },
    { pointer: '/tax', kind: 'amount', orders, values: truth.tax },
    { pointer: '/tip', kind: 'amount', orders, values: truth.tips },
    { pointer: '/total', kind: 'amount', orders, values: truth.total },
  ]
  return printedTruth(fields, withoutSpaces)
}

/**
 * A truth of WildReceipt, photographed receipts of many countries (Sun et al. 2021): lists of printed strings, any of which
 * counts.
 * @example wildReceiptTruthSchema.parse({ store_name: ['LittleDelhi'], total: ['9.00'] })
 */
export const wildReceiptTruthSchema: z.ZodType<Truth> = schema.transform(toTruth)
