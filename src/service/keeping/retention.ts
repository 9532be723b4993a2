import { setTimeout as delay } from 'node:timers/promises'
import { deleteEndedBefore, type Records } from './delete.ts'

export interface Retention {
  /** How long documents are kept after they ended. */
  readonly keepDays: number
  readonly everyMs: number
  /** Told of a round that failed; the next one comes all the same. */
  readonly onError: (error: unknown) => void
}

const dayMs = 86_400_000

/** ISO 8601, so many days before now. */
export const daysAgo = (days: number, now = Date.now()): string => new Date(now - days * dayMs).toISOString()

/** Deletes documents by their age once; answers how many. */
export async function deleteByAge(records: Records, before: string): Promise<number> {
  const deleted = await deleteEndedBefore(records, before)
  if (deleted > 0) await records.store.compact()
  return deleted
}

/** Deletes documents by their age, now and from time to time, until it is stopped; a round in progress is finished first. */
export function startRetention(
  records: Records,
  { keepDays, everyMs, onError }: Retention,
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      await deleteByAge(records, daysAgo(keepDays)).catch(onError)
      await delay(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    }
  }
  const ended = loop()
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}
