import { setTimeout as delay } from 'node:timers/promises'
import { ParallaxError } from '../core/errors.ts'
import { tellOnce } from '../timing/tell-once.ts'

/** Something that is opened again and again until it is there. */
export interface Lasting<T> extends AsyncDisposable {
  /** What is open; throws E_QUEUE_DOWN, with the reason, while nothing is. */
  now(): T
  /** The same; undefined while nothing is. */
  opened(): T | undefined
}

export interface LastingOptions {
  /** Told why it cannot be opened: each reason once, until there is another. */
  readonly onError: (error: unknown) => void
  /** How long the first try is waited for, in milliseconds; default not at all. */
  readonly timeoutMs?: number
  /** Whether what the first try met may pass; whatever else rejects. By default anything may. */
  readonly mayPass?: (error: unknown) => boolean
}

const firstWaitMs = 50
const longestWaitMs = 500

const notOpen = (cause?: unknown): ParallaxError =>
  cause instanceof ParallaxError
    ? new ParallaxError('E_QUEUE_DOWN', cause.message, { cause })
    : new ParallaxError('E_QUEUE_DOWN', 'The job queue (Redis) is not open yet. Try again in a moment.', {
        cause,
      })

interface Attempts<T> {
  /** Tries once more; answers whether it is open now. */
  again(): Promise<boolean>
  opened(): T | undefined
  /** What the last try met. */
  failure(): unknown
}

function attemptsAt<T>(open: () => Promise<T>): Attempts<T> {
  let opened: T | undefined
  let failure: unknown
  return {
    opened: () => opened,
    failure: () => failure,
    async again() {
      try {
        opened = await open()
        return true
      } catch (error) {
        failure = error
        return false
      }
    },
  }
}

/** Goes on until a try succeeds or nobody wants it any more. */
async function persist(
  first: Promise<boolean>,
  attempts: Attempts<unknown>,
  onError: (error: unknown) => void,
  closing: AbortSignal,
): Promise<void> {
  const { tell } = tellOnce(onError)
  let isOpen = await first
  for (let waitMs = firstWaitMs; !isOpen; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
    tell(attempts.failure())
    await delay(waitMs, undefined, { signal: closing }).catch(() => {})
    if (closing.aborted) return
    isOpen = await attempts.again()
  }
}

/** Tries to open the queue, at first quickly and then every half second, until it is open or nobody wants it any more. */
export async function openLasting<T extends AsyncDisposable>(
  open: () => Promise<T>,
  { onError, timeoutMs = 0, mayPass = () => true }: LastingOptions,
): Promise<Lasting<T>> {
  const attempts = attemptsAt(open)
  const first = attempts.again()
  await Promise.race([first, delay(timeoutMs, undefined, { ref: false })])
  const early = attempts.failure()
  if (early instanceof Error && !mayPass(early)) throw early
  const closing = new AbortController()
  const ended = persist(first, attempts, onError, closing.signal)
  return {
    now() {
      const opened = attempts.opened()
      if (opened === undefined) throw notOpen(attempts.failure())
      return opened
    },
    opened: attempts.opened,
    async [Symbol.asyncDispose]() {
      closing.abort()
      await ended
      await attempts.opened()?.[Symbol.asyncDispose]()
    },
  }
}
