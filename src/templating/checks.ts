import type { JsonPointer } from '../core/extraction.ts'
import type { Sum } from '../core/sum.ts'
import type { LinePointers } from './lines.ts'
import {
  balance,
  holds,
  holdsExactly,
  product,
  type Amounts,
  type Change,
  type Equation,
} from './equation.ts'

/** What should hold in one of several forms. */
export interface Check {
  readonly forms: readonly Equation[]
  /** Whether it also fails for what is not printed or was not found, however well the amounts were read. */
  readonly isLoose: boolean
}

/** The form in which a check holds, as read or with one amount changed. */
export const holding = ({ forms }: Check, change?: Change): Equation | undefined =>
  forms.find((form) => holds(form, change))

/** Ways of counting the parts that fewer documents share are not tried: among many ways one holds by chance. */
const leastShare = 0.1

interface Counted {
  readonly share: number
  readonly added: readonly JsonPointer[]
  readonly taken: readonly JsonPointer[]
}

/** The usual ways in which the parts that are shown count towards the total, the most usual first. */
function waysToCount(amounts: Amounts, { parts }: Sum): readonly Counted[] {
  const shown = parts.filter(({ field }) => amounts.has(field))
  const all = shown.reduce<readonly Counted[]>(
    (ways, { field, sign, counted }) =>
      ways.flatMap((way) => {
        const side = sign > 0 ? 'added' : 'taken'
        return [
          { ...way, share: way.share * counted, [side]: [...way[side], field] },
          { ...way, share: way.share * (1 - counted) },
        ]
      }),
    [{ share: 1, added: [], taken: [] }],
  )
  const usual = all.filter(({ share }, i) => i === 0 || share >= leastShare)
  return usual.sort((a, b) => b.share - a.share)
}

/** The first part with those that count makes the total. */
export function totalCheck(amounts: Amounts, sum: Sum): readonly Check[] {
  const [total, first] = [sum.total.field, sum.first.field]
  if (!amounts.has(total) || !amounts.has(first)) return []
  const forms = waysToCount(amounts, sum).map(({ added, taken }) =>
    balance(amounts, [first, ...added], [total, ...taken], sum.rounding / 100),
  )
  return [{ forms, isLoose: !sum.parts.some(({ field }) => amounts.has(field)) }]
}

/** The amounts of lines make the first part, the total, or the total with the other parts. */
export function linesCheck(amounts: Amounts, lines: readonly JsonPointer[], sum: Sum): readonly Check[] {
  const [total, first] = [sum.total.field, sum.first.field]
  if (lines.length === 0 || ![total, first].some((field) => amounts.has(field))) return []
  const tolerance = sum.rounding / 100
  const ways = waysToCount(amounts, sum)
  const wholes = [first, total].filter((field) => amounts.has(field))
  const forms = [
    ...wholes.map((made) => balance(amounts, lines, [made], tolerance)),
    ...(amounts.has(total) ? ways : []).map(({ added, taken }) =>
      balance(amounts, [...lines, ...added], [total, ...taken], tolerance),
    ),
  ]
  return [{ forms, isLoose: true }]
}

/** Lines whose amounts make a sum of the document to the cent. */
export function confirmedLines(
  amounts: Amounts,
  lines: readonly JsonPointer[],
  sum: Sum,
): readonly JsonPointer[] {
  const forms = linesCheck(amounts, lines, sum).flatMap((check) => check.forms)
  return forms.some((form) => holdsExactly(form)) ? lines.filter((line) => amounts.has(line)) : []
}

/** What the product of a weighed quantity may be off. */
const productRounding = 0.02

/** The quantity and the unit price of a line make its amount; nothing to check where one is not shown. */
export function productCheck(
  amounts: Amounts,
  { amount, quantity, unitPrice }: LinePointers,
): readonly Check[] {
  if (![amount, quantity, unitPrice].every((p) => amounts.has(p))) return []
  return [{ forms: [product(amounts, [quantity, unitPrice], amount, productRounding)], isLoose: false }]
}
