import type { Rule } from '../../src/core/document-type.ts'
import type { JsonPointer } from '../../src/core/extraction.ts'
import type { Receipt } from './schema.ts'
import { differ, itemSum, summedUp } from './sums.ts'

const datePlausible: Rule<Receipt> = ({ date }) => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  if (date === null || (date >= '1995-01-01' && date <= tomorrow)) return []
  return [{ code: 'DATE_IMPLAUSIBLE', field: '/date', message: `${date} is not a likely day for a sale.` }]
}

/** All that may take part in a total. */
const totalParts = [
  '/subtotal',
  '/discount',
  '/serviceCharge',
  '/tax',
  '/rounding',
  '/tip',
  '/total',
] as const

const each = (list: readonly unknown[] | null, part: string, name: string): JsonPointer[] =>
  (list ?? []).map((_, i): JsonPointer => `/${name}/${i}/${part}`)

/** The parts of a total as people read them: "discount 5.50, tax 4.90". */
const namedParts = ({ discount, serviceCharge, tax, rounding, tip }: Receipt): string =>
  Object.entries({ discount, 'service charge': serviceCharge, tax, rounding, tip })
    .flatMap(([name, value]) => (value === null ? [] : [`${name} ${value.toFixed(2)}`]))
    .join(', ')

const totalAddsUp: Rule<Receipt> = (receipt) => {
  const { subtotal, total } = receipt
  if (total === null || subtotal === null || summedUp(subtotal, receipt, total)) return []
  const parts = namedParts(receipt) || 'nothing added'
  const message = `Subtotal ${subtotal.toFixed(2)} with ${parts} does not make the total ${total.toFixed(2)}.`
  return [{ code: 'TOTAL_MISMATCH', field: '/total', fields: totalParts, message }]
}

const linesAddUp: Rule<Receipt> = (receipt) => {
  const sum = itemSum(receipt)
  const { subtotal, discount, total } = receipt
  if (sum === null || (subtotal === null && total === null)) return []
  const beforeTax = [subtotal, subtotal === null ? null : subtotal + (discount ?? 0)]
  if (beforeTax.some((target) => target !== null && !differ(sum, target))) return []
  if (total !== null && summedUp(sum, receipt, total)) return []
  const said = (subtotal ?? total)!.toFixed(2)
  const message = `The item lines add up to ${sum.toFixed(2)}, the receipt says ${said}.`
  const fields = [...each(receipt.items, 'amount', 'items'), ...totalParts]
  return [{ code: 'LINES_MISMATCH', field: '/items', fields, message }]
}

const lineProducts: Rule<Receipt> = ({ items }) =>
  (items ?? []).flatMap(({ quantity, unitPrice, amount }, i) => {
    if (quantity === null || unitPrice === null || amount === null) return []
    if (!differ(quantity * unitPrice, amount, 0.02)) return []
    const message = `${quantity} × ${unitPrice.toFixed(2)} is not ${amount.toFixed(2)}.`
    const [field, ...others] = ['amount', 'quantity', 'unitPrice'].map(
      (part): JsonPointer => `/items/${i}/${part}`,
    )
    return [{ code: 'LINE_MISMATCH', field: field!, fields: [field!, ...others], message }]
  })

const taxesAddUp: Rule<Receipt> = ({ taxes, tax }) => {
  const amounts = (taxes ?? []).map((t) => t.amount)
  const sum = amounts.reduce<number>((all, amount) => all + (amount ?? 0), 0)
  if (tax === null || amounts.length === 0 || amounts.includes(null) || !differ(sum, tax)) return []
  const message = `The taxes add up to ${sum.toFixed(2)}, the receipt says ${tax.toFixed(2)}.`
  return [
    { code: 'TAXES_MISMATCH', field: '/tax', fields: [...each(taxes, 'amount', 'taxes'), '/tax'], message },
  ]
}

/** Tills round the tax of every line by itself: the sum may be off by some cents. */
const taxProducts: Rule<Receipt> = ({ taxes }) =>
  (taxes ?? []).flatMap(({ rate, base, amount }, i) => {
    if (rate === null || base === null || amount === null || !differ((base * rate) / 100, amount)) return []
    const message = `${rate} % of ${base.toFixed(2)} is not ${amount.toFixed(2)}.`
    const [field, ...others] = ['amount', 'rate', 'base'].map((part): JsonPointer => `/taxes/${i}/${part}`)
    return [{ code: 'TAX_MISMATCH', field: field!, fields: [field!, ...others], message }]
  })

/** A refund is ordinary where its lines or its subtotal say so too. */
const totalPositive: Rule<Receipt> = (receipt) => {
  const { subtotal, total } = receipt
  if (total === null || total > 0) return []
  const borneOut = [itemSum(receipt), subtotal].some((sum) => sum !== null && summedUp(sum, receipt, total))
  if (borneOut) return []
  const message = `A total of ${total.toFixed(2)} is unusual, and no other amount bears it out.`
  return [{ code: 'TOTAL_NOT_POSITIVE', field: '/total', message }]
}

/** What the amounts of a receipt must satisfy among themselves. */
export const receiptRules: readonly Rule<Receipt>[] = [
  datePlausible,
  totalAddsUp,
  linesAddUp,
  lineProducts,
  taxesAddUp,
  taxProducts,
  totalPositive,
]
