import { isBadInput } from '../core/errors.ts'
import type { Decide } from '../core/judging.ts'
import { bothPaths } from './both-paths.ts'
import { objectionsInWords } from './objections.ts'
import { uncalibratedCode } from './uncalibrated.ts'

/**
 * The direct path alone where it is sure of everything, and somebody has measured how far that can be believed; else the
 * modular path reads too, and both are judged together.
 */
export const directFirst: Decide = (known) => {
  const { attempts, consensus } = known
  const [first] = attempts
  if (attempts.length > 1) return bothPaths(known)
  if (!first.ok && isBadInput(first.error.code)) return { action: 'fail', reason: first.error.message }
  if (!consensus) return { action: 'reprocess', reason: 'the direct path could not read the document' }
  if (consensus.flags.some(({ code }) => code === uncalibratedCode))
    return { action: 'reprocess', reason: 'nobody has measured the direct path on such documents' }
  if (consensus.objections.length > 0)
    return { action: 'reprocess', reason: `direct flagged: ${objectionsInWords(consensus)}` }
  return { action: 'accept', reason: 'direct accepted' }
}
