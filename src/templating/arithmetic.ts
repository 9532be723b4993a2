import type { JsonPointer, Observations } from '../core/extraction.ts'
import type { payment, Sum, SumLines, SumPart, SumRecords } from '../core/sum.ts'
import { paidIn } from '../amounts/paid.ts'
import { takeLikeliest } from './agreement.ts'
import { confirmedLines, linesCheck, productCheck, totalCheck, type Check } from './checks.ts'
import { amountsOf } from './equation.ts'
import { linesIn, type LinePointers } from './lines.ts'
import { mend } from './repair.ts'
import type { FieldRule, FillContext } from './rule.ts'
import type { Findings, Repair } from './template.ts'

export interface SumOptions {
  readonly total: JsonPointer
  /** What the others are added to, such as the subtotal. */
  readonly first: JsonPointer
  /** Amounts between the first part and the total; a pointer alone is added, as often on top as contained. */
  readonly parts?: readonly (JsonPointer | (Pick<SumPart, 'field'> & Partial<SumPart>))[]
  readonly lines?: SumLines
  readonly tables?: readonly SumRecords[]
  /** Hundredths by which tills round without printing it; 0 where left out. */
  readonly rounding?: number
  /** Finds what was handed over, and what came back: amounts that stand in no field and tell the total. */
  readonly payment?: Readonly<Partial<Record<keyof typeof payment, FieldRule>>>
}

/** How often a field is not printed, where its type does not say. */
const usuallyAbsent = { total: 0.02, first: 0.3, part: 0.5 } as const

const partOf = (part: NonNullable<SumOptions['parts']>[number]): SumPart => ({
  sign: 1,
  counted: 0.5,
  absent: usuallyAbsent.part,
  ...(typeof part === 'string' ? { field: part } : part),
})

/** The amounts of a document as its type declares them. */
const sumOf = ({ total, first, parts = [], lines, tables, rounding = 0 }: SumOptions): Sum => ({
  total: { field: total, absent: usuallyAbsent.total },
  first: { field: first, absent: usuallyAbsent.first },
  parts: parts.map(partOf),
  ...(lines && { lines }),
  ...(tables && { tables }),
  rounding,
})

/** The narrowest first: what a line says of itself, what the sums say, what the lines say of the sums. */
function checksOf(findings: Findings, sum: Sum, own: readonly LinePointers[]): readonly Check[] {
  const amounts = amountsOf(findings)
  return [
    ...own.flatMap((line) => productCheck(amounts, line)),
    ...totalCheck(amounts, sum),
    ...linesCheck(
      amounts,
      own.map((line) => line.amount),
      sum,
    ),
  ]
}

/** The best amount that each rule finds. */
function observe(rules: SumOptions['payment'], context: FillContext): Observations {
  const found = Object.entries(rules ?? {}).flatMap(([name, rule]) => {
    const best = rule.find(context).find(({ value }) => typeof value === 'number')
    return best ? [[name, { value: Number(best.value), confidence: best.confidence }] as const] : []
  })
  return Object.fromEntries(found)
}

/**
 * Takes, of all candidates, the choice of amounts that is likeliest as a whole: what each was read as, that it may not be
 * printed, and whether they add up, with each other, with the lines, and with what was paid. Where a misread digit is the
 * likeliest reason why amounts do not add up, mends it and says so.
 * @example addsUp({ total: '/total', first: '/net', parts: ['/tax', { field: '/discount', sign: -1 }] })
 */
export function addsUp(options: SumOptions): Repair {
  const sum = sumOf(options)
  const repair: Repair = (findings, context) => {
    const own = linesIn(findings, sum.lines)
    const observations = observe(options.payment, context)
    const likeliest = takeLikeliest(findings, sum, own, { paid: paidIn(observations) })
    const { digitConfusions = {} } = context
    return { ...mend(likeliest, (current) => checksOf(current, sum, own), digitConfusions), observations }
  }
  const confirms = (findings: Findings): readonly JsonPointer[] =>
    confirmedLines(
      amountsOf(findings),
      linesIn(findings, sum.lines).map((line) => line.amount),
      sum,
    )
  return Object.assign(repair, { sum, confirms })
}
