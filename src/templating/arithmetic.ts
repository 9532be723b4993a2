import type { JsonPointer } from '../core/extraction.ts'
import { takeAgreeing } from './agreement.ts'
import { confirmedBy, linesCheck, productCheck, totalCheck, type Check, type Sum } from './checks.ts'
import { amountsOf } from './equation.ts'
import { linesIn, type LinePointers } from './lines.ts'
import { mend } from './mend.ts'
import type { Findings, Repair } from './template.ts'

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

/**
 * Takes the candidates that add up, with each other and with the lines; where a misread digit is the likeliest reason why
 * amounts do not, mends it and says so.
 */
export function addsUp(sum: Sum): Repair {
  const prefer = (findings: Findings): Findings => takeAgreeing(findings, sum, linesIn(findings, sum.lines))
  const repair: Repair = (findings, { digitConfusions = {} }) => {
    const own = linesIn(findings, sum.lines)
    return mend(prefer(findings), (current) => checksOf(current, sum, own), digitConfusions)
  }
  const confirms = (findings: Findings): readonly JsonPointer[] =>
    confirmedBy(
      amountsOf(findings),
      linesIn(findings, sum.lines).map((line) => line.amount),
      sum,
    )
  return Object.assign(repair, { prefer, confirms })
}
