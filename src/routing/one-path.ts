import type { ExtractionPath } from '../core/extraction.ts'
import type { RouterPolicy } from '../core/judging.ts'

/** One path, no second opinion: whatever it flags, a person sees. */
export const onePath = (path: ExtractionPath): RouterPolicy => ({
  name: path,
  decide([attempt]) {
    if (!attempt.ok) return { action: 'fail', reason: `the ${path} path could not read the document` }
    const { flags } = attempt.score
    if (flags.length === 0) return { action: 'accept', reason: `${path} accepted` }
    return {
      action: 'review',
      reason: `${path} flagged: ${[...new Set(flags.map((f) => f.code))].join(', ')}`,
    }
  },
})
