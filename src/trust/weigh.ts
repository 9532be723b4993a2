import { probability, type Weights } from './calibration.ts'
import type { Evidence } from './evidence.ts'

/** What is left of a confidence for each thing that speaks against a value, where nobody has measured it. */
const doubted = 0.4

/** A score that nobody has held against truths: the engines' confidence, less for what speaks against the value. */
function roughly({ confidence, agreement, otherConfidence, grounded, violated }: Evidence): number {
  const against = [violated, agreement === 'differs', grounded === false].filter(Boolean).length
  const own = agreement === 'same' ? 1 - (1 - confidence) * (1 - otherConfidence) : confidence
  return own * doubted ** against
}

/** How likely a value is right: by a calibration where there is one for the engines that read, else a rough score. */
export const weigh = (evidence: Evidence, weights: Weights | undefined): number =>
  weights ? probability(evidence, weights) : roughly(evidence)
