import { ParallaxError } from '../../core/errors.ts'

/** Does work under a signal that also ends it after `ms`, with E_TIMEOUT. */
export async function withDeadline<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const passOn = (): void => controller.abort(signal?.reason)
  const end = (): void =>
    controller.abort(
      new ParallaxError(
        'E_TIMEOUT',
        `The vision-language server did not answer within ${ms / 1000} seconds.`,
      ),
    )
  const timer = setTimeout(end, ms)
  signal?.addEventListener('abort', passOn, { once: true })
  try {
    return await work(controller.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', passOn)
  }
}
