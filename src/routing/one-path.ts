import type { ExtractionPath } from '../core/extraction.ts'
import type { Decide } from '../core/judging.ts'
import { objectionsInWords } from './objections.ts'

/** One path, no second opinion: whatever it flags, a person sees. */
export const onePath =
  (path: ExtractionPath): Decide =>
  ({ consensus }) => {
    if (!consensus) return { action: 'fail', reason: `the ${path} path could not read the document` }
    if (consensus.objections.length === 0) return { action: 'accept', reason: `${path} accepted` }
    return { action: 'review', reason: `${path} flagged: ${objectionsInWords(consensus)}` }
  }
