import { setTimeout as delay } from 'node:timers/promises'

export interface Rounds {
  readonly everyMs: number
  /** Told of a round that failed; the next one comes all the same. */
  readonly onError: (error: unknown) => void
}

/** Does something now and from time to time, until it is disposed of; a round in progress is finished first. */
export function repeatedly(work: () => Promise<unknown>, { everyMs, onError }: Rounds): AsyncDisposable {
  const stopping = new AbortController()
  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      await work().catch(onError)
      await delay(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    }
  }
  const ended = loop()
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await ended
    },
  }
}
