import type { Observations } from '../core/extraction.ts'
import { payment } from '../core/sum.ts'
import type { Observed } from './sum-factors.ts'

/** What was handed over less the change, where both were found; nothing where less was handed over than came back. */
export function paidIn(observations: Observations): Observed['paid'] {
  const [tendered, change] = [observations[payment.tendered], observations[payment.change]]
  if (!tendered || !change || tendered.value <= change.value) return undefined
  return {
    amount: Math.round(100 * (tendered.value - change.value)) / 100,
    probability: tendered.confidence * change.confidence,
  }
}
