import type { Decide } from '../core/judging.ts'
import { objectionsInWords } from './objections.ts'

/** Data that the file itself holds needs no path: it is accepted where nothing objects. All else is decided as otherwise. */
export const embeddedFirst =
  (otherwise: Decide): Decide =>
  (known) => {
    const { attempts, consensus } = known
    const isEmbedded = attempts.some(({ ok, path }) => ok && path === 'embedded')
    if (!isEmbedded || !consensus) return otherwise(known)
    if (consensus.objections.length === 0)
      return { action: 'accept', reason: 'the data that the file holds was taken' }
    const reason = `the data that the file holds is flagged: ${objectionsInWords(consensus)}`
    return { action: 'review', reason }
  }
