import { ParallaxError } from '../core/errors.ts'

/** Addresses that are remembered; when there are more, all are forgotten. */
const addressesMost = 10_000

const windowMs = 60_000

/** Counts the keys that were wrong, by the address that they came from. */
export interface Failures {
  /** What an address is told that has shown a key which is not good: E_AUTH, or E_BUSY after too many in a minute. */
  refusal(address: string, error: ParallaxError): ParallaxError
}

/** Nobody has failed yet. Good keys are not counted, so that nobody keeps others out who come from the same address. */
export function countFailures(mostPerMinute: number): Failures {
  let counts = new Map<string, number>()
  let since = Date.now()
  return {
    refusal(address, error) {
      if (Date.now() - since >= windowMs || counts.size >= addressesMost) {
        counts = new Map()
        since = Date.now()
      }
      const count = (counts.get(address) ?? 0) + 1
      counts.set(address, count)
      if (count <= mostPerMinute) return error
      return new ParallaxError('E_BUSY', 'That were too many wrong keys. Try again in a minute.')
    },
  }
}
