import type { PrintedPlace } from '../amounts/printed-place.ts'
import { usualBelief } from '../amounts/belief.ts'
import { jointPosterior, type AmountEvidence, type AmountReadings } from '../amounts/joint.ts'
import { hull } from '../core/geometry.ts'
import type { JsonPointer } from '../core/extraction.ts'
import type { Sum, SumField } from '../core/sum.ts'
import type { LinePointers } from './lines.ts'
import type { Finding } from './rule.ts'
import type { Findings } from './template.ts'

const placesOf = ({ page, words }: Finding): readonly PrintedPlace[] =>
  words.length > 0 ? [{ page, box: hull(words.map((w) => w.box)) }] : []

const isNumber = (finding: Finding): boolean => typeof finding.value === 'number'

/** Candidates of one number count together: it is one state of the field, whatever its places. What was found is printed. */
function readingsOf(found: readonly Finding[], { absent }: SumField): AmountReadings {
  const byValue = new Map<number, { probability: number; places: PrintedPlace[] }>()
  for (const finding of found.filter(isNumber)) {
    const known = byValue.get(Number(finding.value)) ?? { probability: 0, places: [] }
    known.probability = Math.max(known.probability, finding.confidence)
    known.places.push(...placesOf(finding))
    byValue.set(Number(finding.value), known)
  }
  return {
    candidates: [...byValue].map(([value, known]) => ({ value, ...known })),
    absent: byValue.size > 0 ? 0 : absent,
  }
}

const firstNumber = (findings: Findings, pointer: JsonPointer): number =>
  Number(findings.get(pointer)?.[0]?.value ?? 0)

/** What the records of each table make: their first candidates, added. A sum that was made from them tells nothing new. */
function tablesIn(findings: Findings, { tables = [] }: Sum): ReadonlyMap<JsonPointer, number> {
  const made = new Map<JsonPointer, number>()
  for (const { records, amount, makes } of tables) {
    const cells = [...findings].filter(([p]) => p.startsWith(`${records}/`) && p.endsWith(`/${amount}`))
    const shown = cells.flatMap(([, [first]]) => (first && isNumber(first) ? [first] : []))
    const own = new Set(findings.get(makes)?.flatMap(({ words }) => words))
    if (!shown.some(({ words }) => words.some((word) => !own.has(word)))) continue
    const sum = shown.reduce((total, { value }) => total + Number(value), 0)
    made.set(records, Math.round(100 * sum) / 100)
  }
  return made
}

/** Amounts beside the fields' own candidates that speak about them. */
export type Observed = Pick<AmountEvidence, 'paid'>

function evidenceIn(
  findings: Findings,
  sum: Sum,
  own: readonly LinePointers[],
  { paid }: Observed,
): AmountEvidence {
  const fields = [sum.total, sum.first, ...sum.parts]
  const lines = own.reduce((made, { amount }) => made + firstNumber(findings, amount), 0)
  return {
    fields: new Map(fields.map((one) => [one.field, readingsOf(findings.get(one.field) ?? [], one)])),
    lines: own.length > 0 ? { sum: lines, count: own.length } : undefined,
    paid,
    tables: tablesIn(findings, sum),
  }
}

/**
 * Puts first, of each amount's candidates, the one of the likeliest choice for all amounts together. Confidences stay as they
 * are: how sure the choice is, and whether the document prints the amount at all, is judged with all readings.
 */
export function takeLikeliest(
  findings: Findings,
  sum: Sum,
  own: readonly LinePointers[],
  observed: Observed,
): Findings {
  const { fields } = jointPosterior(sum, evidenceIn(findings, sum, own, observed), usualBelief)
  const result = new Map(findings)
  for (const [pointer, { value }] of fields) {
    const candidates = findings.get(pointer)
    if (!candidates?.some(isNumber)) continue
    const first = candidates.find((f) => f.value === value)
    if (first) result.set(pointer, [first, ...candidates.filter((f) => f !== first)])
  }
  return result
}
