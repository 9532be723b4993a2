import { setTimeout as delay } from 'node:timers/promises'
import { ParallaxError } from '../core/errors.ts'

export interface FailureLimits {
  /** Of one address and minute; further ones are refused without a wait. */
  readonly perMinute: number
  /** As many of them are answered at once: people mistype, and programs start with an old key. */
  readonly atOnce: number
  /** Answers that wait at the same time, of all addresses. */
  readonly waiting: number
}

export const failureLimits: FailureLimits = { perMinute: 100, atOnce: 10, waiting: 200 }

/** What failing by hand does not feel, and trying keys by program does. */
const firstWaitMs = 50
const longestWaitMs = 2_000

/** How long the answer to the `count`th failure of a minute waits, in milliseconds: twice as long each time. */
const waitOf = (count: number, atOnce: number): number =>
  count <= atOnce ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** (count - atOnce - 1))

/** Addresses that are remembered; when there are more, all are forgotten. */
const addressesMost = 10_000

const windowMs = 60_000

/** What passes the time; tests have their own. */
export interface Clock {
  /** Milliseconds. */
  now(): number
  wait(ms: number): Promise<unknown>
}

const systemClock: Clock = {
  now: () => performance.now(),
  wait: (ms) => delay(ms, undefined, { ref: false }),
}

/** An error, and after how many seconds to come back where that is known. */
export interface Refusal {
  readonly error: ParallaxError
  readonly retryAfter: number | null
}

/** Counts the keys that were wrong, by the address that they came from, at whatever door they were shown. */
export interface Failures {
  /**
   * What an address is told that has shown a key which is not good: the error itself, ever later; E_BUSY after too many
   * in a minute, or while too many others wait for such an answer.
   */
  refusal(address: string, error: ParallaxError): Promise<Refusal>
}

interface Count {
  readonly since: number
  failures: number
}

const busy = (message: string, retryAfterMs: number): Refusal => ({
  error: new ParallaxError('E_BUSY', message),
  retryAfter: Math.max(1, Math.ceil(retryAfterMs / 1000)),
})

/** Nobody has failed yet. Good keys are not counted, so that nobody keeps others out who come from the same address. */
export function countFailures(limits: FailureLimits = failureLimits, clock: Clock = systemClock): Failures {
  const counts = new Map<string, Count>()
  let waiting = 0

  function countOf(address: string): Count {
    const known = counts.get(address)
    if (known && clock.now() - known.since < windowMs) return known
    if (counts.size >= addressesMost) counts.clear()
    const count = { since: clock.now(), failures: 0 }
    counts.set(address, count)
    return count
  }

  async function wait(ms: number): Promise<void> {
    waiting++
    try {
      await clock.wait(ms)
    } finally {
      waiting--
    }
  }

  return {
    async refusal(address, error) {
      const count = countOf(address)
      if (++count.failures > limits.perMinute)
        return busy(
          'That were too many wrong keys. Try again in a minute.',
          count.since + windowMs - clock.now(),
        )
      const ms = waitOf(count.failures, limits.atOnce)
      if (ms === 0) return { error, retryAfter: null }
      if (waiting >= limits.waiting)
        return busy('Too many wrong keys are being tried. Try again in a moment.', longestWaitMs)
      await wait(ms)
      return { error, retryAfter: null }
    },
  }
}
