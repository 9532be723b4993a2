import type { Decide } from '../core/judging.ts'
import { objectionsInWords } from './objections.ts'

/** Two independent readings: what they make together without a doubt is accepted, all else a person sees. */
export const bothPaths: Decide = ({ attempts, consensus }) => {
  if (!consensus) return { action: 'fail', reason: 'no path could read the document' }
  const read = attempts.filter((a) => a.ok)
  if (read.length < 2)
    return { action: 'review', reason: `only the ${read[0]!.path} path could read the document` }
  if (consensus.objections.length > 0)
    return { action: 'review', reason: `flagged: ${objectionsInWords(consensus)}` }
  return { action: 'accept', reason: 'both paths together are sure' }
}
