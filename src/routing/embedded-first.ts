import type { RouterPolicy } from '../core/judging.ts'
import { codesOf } from './codes.ts'

/** Data that the file itself holds needs no path: it is accepted where nothing objects. All else is decided as by the other policy. */
export const embeddedFirst = (otherwise: RouterPolicy): RouterPolicy => ({
  name: otherwise.name,
  decide(known) {
    const { attempts, consensus } = known
    const isEmbedded = attempts.some(({ ok, path }) => ok && path === 'embedded')
    if (!isEmbedded || !consensus) return otherwise.decide(known)
    if (consensus.objections.length === 0)
      return { action: 'accept', reason: 'the data that the file holds was taken' }
    return { action: 'review', reason: `the data that the file holds is flagged: ${codesOf(consensus)}` }
  },
})
