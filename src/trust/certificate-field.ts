import type { FieldCertificate } from './certificate.ts'
import {
  boundOf,
  lastProven,
  stepsOf,
  type Emitted,
  type Step,
  type Target,
} from './certificate-threshold.ts'

/** More documents than anybody labels. */
const mostDocuments = 1_000_000

/** The steps of `total` documents that are like the `documents` seen. Products come first: whole counts stay whole. */
const grown = (steps: readonly Step[], documents: number, total: number): readonly Step[] =>
  steps.map(({ threshold, accepted, errors }) => ({
    threshold,
    accepted: (accepted * total) / documents,
    errors: (errors * total) / documents,
  }))

/**
 * How many documents more would do, were they like those seen: the same shares accepted and wrong. Exact up to 1000
 * documents in all, then to 0.1 %. Null when no number would.
 */
function neededDocuments(steps: readonly Step[], documents: number, target: Target): number | null {
  for (let total = documents + 1; total <= mostDocuments; total += Math.ceil(total / 1000)) {
    if (lastProven(grown(steps, documents, total), target) !== null) return total - documents
  }
  return null
}

/**
 * The lowest confidence from which on a field keeps the target; `documents` are the labelled ones whose truth knows it,
 * with or without a value.
 * @example certifyField(rightOnAllOf100, 100, { error: 0.01, confidence: 0.95 }).needed // 199: 299 without an error
 */
export function certifyField(
  values: readonly Emitted[],
  documents: number,
  target: Target,
): FieldCertificate {
  const steps = stepsOf(values)
  const proven = lastProven(steps, target)
  if (proven) return { ...proven, documents, bound: boundOf(proven, target), audited: 0, void: false }
  const { accepted, errors } = steps.at(-1)!
  return { needed: neededDocuments(steps, documents, target), documents, accepted, errors }
}
