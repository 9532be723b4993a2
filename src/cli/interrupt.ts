export const interruptedStatus = 130

/** A person's wish to stop; the message says what that leaves behind. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

export interface Interrupt extends Disposable {
  /** Aborts with `Interrupted`. */
  readonly signal: AbortSignal
}

/** Listens to Ctrl-C and SIGTERM until it is disposed of; the second one ends the process at once. */
export function onInterrupt(message: string): Interrupt {
  const controller = new AbortController()
  const abort = (): void => controller.abort(new Interrupted(message))
  process.once('SIGINT', abort).once('SIGTERM', abort)
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => void process.off('SIGINT', abort).off('SIGTERM', abort),
  }
}
