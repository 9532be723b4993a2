import { z } from 'zod'
import { defineDocumentType, eInvoice, field, type Violation } from '../src/authoring.ts'

const words = z.string().min(1).nullable()
const low = field({ risk: 'low' })
const sum = (title: string) =>
  z
    .number()
    .nullable()
    .meta({ title, ...field({ comparator: 'amount', risk: 'high' }) })
const day = (title: string, risk: 'medium' | 'high') =>
  z.iso
    .date()
    .nullable()
    .meta({ title, ...field({ comparator: 'date', risk }) })

const party = (title: string) =>
  z
    .object({
      name: words.meta(field({ risk: 'medium' })),
      address: words.meta(low),
      vatId: words.meta({ title: 'VAT ID', ...low }),
    })
    .meta({ title })

const line = z.object({
  description: words.meta(low),
  quantity: z
    .number()
    .nullable()
    .meta(field({ comparator: 'amount', risk: 'low' })),
  unitPrice: z
    .number()
    .nullable()
    .meta({ title: 'Unit price', ...field({ comparator: 'amount', risk: 'low' }) }),
  amount: z
    .number()
    .nullable()
    .meta(field({ comparator: 'amount', risk: 'medium' })),
})

/** An invoice or a credit note between businesses. What the document does not print is null. */
export const invoiceSchema = z
  .object({
    kind: z.enum(['invoice', 'credit-note']).nullable().meta(low),
    number: words.meta({ title: 'Invoice number', ...field({ risk: 'high' }) }),
    date: day('Invoice date', 'high'),
    dueDate: day('Due date', 'medium'),
    seller: party('Seller'),
    buyer: party('Buyer'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .nullable()
      .meta({ title: 'Currency', ...low }),
    net: sum('Net amount'),
    tax: sum('Tax amount'),
    total: sum('Total'),
    amountDue: sum('Amount due'),
    iban: words.meta({ title: 'IBAN', ...field({ risk: 'high' }) }),
    lines: z.array(line),
  })
  .meta({ title: 'Invoice' })

export type Invoice = z.infer<typeof invoiceSchema>

/** Currencies and taxes are rounded line by line, or once. */
const cent = 0.011

const isSum = (parts: readonly (number | null)[], total: number | null): boolean =>
  total === null ||
  parts.some((part) => part === null) ||
  Math.abs(parts.reduce<number>((all, part) => all + part!, 0) - total) < cent

const addsUp = ({ net, tax, total }: Invoice): readonly Violation[] =>
  isSum([net, tax], total)
    ? []
    : [
        {
          code: 'TOTAL_MISMATCH',
          field: '/total',
          fields: ['/net', '/tax', '/total'],
          message: `Net ${net} and tax ${tax} do not make ${total}.`,
        },
      ]

/** Allowances and charges of the whole invoice may stand between lines and net amount, but never more than all of it. */
const hasLines = ({ lines, net }: Invoice): readonly Violation[] => {
  const amounts = lines.map(({ amount }) => amount)
  const all = amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0)
  if (net === null || lines.length === 0 || amounts.includes(null) || isSum(amounts, net)) return []
  if (Math.abs(all - net) <= Math.abs(all) / 2) return []
  const fields = [...lines.map((_, i) => `/lines/${i}/amount` as const), '/net' as const]
  const message = `The lines make ${all.toFixed(2)}, not ${net}.`
  return [{ code: 'LINES_MISMATCH', field: '/net', fields, message }]
}

const isInOrder = ({ date, dueDate }: Invoice): readonly Violation[] =>
  date === null || dueDate === null || dueDate >= date
    ? []
    : [{ code: 'DUE_BEFORE_ISSUE', field: '/dueDate', message: `${dueDate} is before ${date}.` }]

export default defineDocumentType({
  name: 'invoice',
  schema: invoiceSchema,
  required: ['/number', '/date', '/seller/name', '/total'],
  embedded: eInvoice,
  rules: [addsUp, hasLines, isInOrder],
  prompt: 'An invoice between businesses; net amount, tax and total stand below its lines.',
})
