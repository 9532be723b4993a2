import { calibratedProbability, type PathWeights } from './calibration.ts'
import type { Evidence } from './evidence.ts'

/** What is left of a confidence for each thing that speaks against a value, where nobody has measured it. */
const doubted = 0.4

/**
 * A score that nobody has held against truths: the engines' confidence, less for what speaks against the value. That the other
 * path reads the same adds nothing: both may have applied one rule, and then say it only once.
 */
function roughScore({ confidence, agreement, otherConfidence, grounded, violated }: Evidence): number {
  const against = [violated, agreement === 'differs', grounded === false].filter(Boolean).length
  const own = agreement === 'same' ? Math.max(confidence, otherConfidence) : confidence
  return own * doubted ** against
}

/** How likely nothing is printed where nothing was read, where nobody has measured it: by what the other path says. Assumed. */
const roughScoreOfAbsence = { same: 0.8, absent: 0.8, alone: 0.6, differs: 0.25 } as const

/** A reading and what speaks for and against it. */
export interface ReadingEvidence {
  readonly evidence: Evidence
  /** Whether it says that nothing is printed. */
  readonly isAbsent: boolean
}

/** How likely a reading is right: by a calibration where there is one for what read it, else a rough score. */
export function estimateProbability(
  { evidence, isAbsent }: ReadingEvidence,
  weights: PathWeights | undefined,
): number {
  const fitted = isAbsent ? weights?.absent : weights?.read
  if (fitted) return calibratedProbability(evidence, fitted)
  return isAbsent ? roughScoreOfAbsence[evidence.agreement] : roughScore(evidence)
}
