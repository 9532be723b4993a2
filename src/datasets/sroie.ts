import { z } from 'zod'
import { printedTruth, type PrintedField, type Truth } from '../scoring/metrics/truth.ts'
import { collapse } from '../values/same.ts'

const schema = z.strictObject({
  company: z.string(),
  date: z.string().optional(),
  address: z.string().optional(),
  total: z.string().optional(),
})

function toTruth({ company, date = '', address = '', total = '' }: z.infer<typeof schema>): Truth {
  const orders = ['day-first'] as const
  const fields: readonly PrintedField[] = [
    { pointer: '/merchant/name', kind: 'text', orders, values: [company] },
    { pointer: '/date', kind: 'date', orders, values: [date] },
    { pointer: '/merchant/address', kind: 'text', orders, values: [address] },
    { pointer: '/total', kind: 'amount', orders, values: [total] },
  ]
  return printedTruth(fields, collapse)
}

/**
 * A truth of SROIE, the receipts of the ICDAR 2019 competition (Huang et al. 2019): four printed strings.
 * @example sroieTruthSchema.parse({ company: 'KEDAI ROTI', date: '25/12/2018', total: '9.00' })
 */
export const sroieTruthSchema: z.ZodType<Truth> = schema.transform(toTruth)
