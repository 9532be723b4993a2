import type { ExtractionResult } from '../core/extraction-result.ts'
import type { Certificate } from '../trust/certificate.ts'
import { pcOfErrors } from './colors.ts'
import { plural } from './text.ts'

/** How a set of documents ended. */
export interface Tally {
  accepted: number
  needsReview: number
  failed: number
  /** Values that are there, and those of them that a certificate covers. */
  values: number
  certified: number
  readonly flags: Map<string, number>
  readonly errors: Map<string, number>
  add(result: ExtractionResult): void
}

const count = (into: Map<string, number>, key: string): void => void into.set(key, (into.get(key) ?? 0) + 1)

export function tally(): Tally {
  return {
    accepted: 0,
    needsReview: 0,
    failed: 0,
    values: 0,
    certified: 0,
    flags: new Map(),
    errors: new Map(),
    add(result) {
      if (result.verdict === 'accepted') this.accepted++
      else if (result.verdict === 'needs_review') this.needsReview++
      else this.failed++
      for (const code of new Set(result.flags.map((f) => f.code))) count(this.flags, code)
      const values = Object.values(result.fields).filter(({ value }) => value !== null)
      this.values += values.length
      this.certified += values.filter(({ certified }) => certified).length
      if (result.error) count(this.errors, result.error.code)
    },
  }
}

const reasons = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([code, n]) => `${code} ${n}`)
    .join(', ')

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`

function proofOf({ values, certified }: Tally, certificate: Certificate | null): string {
  if (!certificate)
    return 'No certificate was given: "accepted" means that no check objected, not that an error rate is proven.'
  const { error, confidence } = certificate
  return (
    `${certified} of ${plural(values, 'value')} certified: ` +
    `at most ${percent(error)} of such values are wrong (${percent(confidence)} confidence, each field by itself).`
  )
}

/** A few lines for people: how many were accepted, flagged and why, failed and why; and what is certified. */
export function summaryOf(counts: Tally, certificate: Certificate | null = null): string {
  const { accepted, needsReview, failed, flags, errors } = counts
  const lines = [
    `${plural(accepted + needsReview + failed, 'document')}: ` +
      `${pcOfErrors.green(`${accepted} accepted`)}, ${pcOfErrors.yellow(`${needsReview} to review`)}, ${pcOfErrors.red(`${failed} failed`)}`,
    ...(flags.size > 0 ? [`  flagged: ${reasons(flags)}`] : []),
    ...(errors.size > 0 ? [`  failed:  ${reasons(errors)}`] : []),
    proofOf(counts, certificate),
  ]
  return `${lines.join('\n')}\n`
}
