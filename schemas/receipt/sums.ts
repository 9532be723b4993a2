import type { Receipt } from './schema.ts'

/** Tills round to 5 cents; some print amounts before and after. */
const tillRounding = 0.05

/** Binary fractions drift by less. */
const drift = 1e-6

export const differ = (a: number, b: number, by = tillRounding): boolean => Math.abs(a - b) > by + drift

/** What the amounts of the items make; null where there are none. */
export function itemSum({ items }: Receipt): number | null {
  const amounts = (items ?? []).flatMap(({ amount }) => (amount === null ? [] : [amount]))
  return amounts.length === 0 ? null : amounts.reduce((a, b) => a + b, 0)
}

/** Every sum of `first` with some of the parts. */
const sumsWith = (first: number, parts: readonly number[]): readonly number[] =>
  parts.reduce<readonly number[]>((sums, part) => sums.flatMap((sum) => [sum, sum + part]), [first])

/**
 * Everything that `first` (a subtotal, or the sum of the items) and the parts of a total may make: any part may already be
 * contained in it (prices with tax, a subtotal after the discount), and a tip may stand beside the total. A discount brings
 * a refund nearer to nothing too.
 */
function sumsOf(first: number, receipt: Receipt): readonly number[] {
  const { discount, serviceCharge, tax, rounding, tip } = receipt
  const off = discount === null || first < 0 ? discount : -discount
  const parts = [off, serviceCharge, tax, rounding, tip]
  return sumsWith(
    first,
    parts.flatMap((part) => (part === null || part === 0 ? [] : [part])),
  )
}

/** Whether `first` and the parts of a total can make it. */
export const summedUp = (first: number, receipt: Receipt, total: number): boolean =>
  sumsOf(first, receipt).some((sum) => !differ(sum, total))
