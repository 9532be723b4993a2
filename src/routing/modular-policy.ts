import type { RouterPolicy } from '../core/judging.ts'

/** One path, no second opinion: whatever it flags, a person sees. */
export const modularPolicy: RouterPolicy = {
  name: 'modular',
  decide([attempt]) {
    if (!attempt.ok) return { action: 'fail', reason: 'the modular path could not read the document' }
    const { flags } = attempt.score
    if (flags.length === 0) return { action: 'accept', reason: 'modular accepted' }
    return {
      action: 'review',
      reason: `modular flagged: ${[...new Set(flags.map((f) => f.code))].join(', ')}`,
    }
  },
}
