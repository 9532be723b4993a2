import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceError } from './service-error.ts'

export interface RetryPolicy {
  /** How often the same is asked again. */
  readonly retries: number
  /** The longest wait before asking again; a service that asks for more is not asked again. */
  readonly maxWaitMs: number
}

/** Milliseconds that an answer asks to wait for; null when it says nothing, or nothing that can be understood. */
export function retryAfterMs(header: string | null, now = Date.now()): number | null {
  if (header === null) return null
  if (/^\d+$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

/** Half a second, then twice as long each time, a little shorter or longer so that many do not come back together. */
const backOffMs = (attempt: number): number => 500 * 2 ** attempt * (0.75 + Math.random() / 2)

/** How long to wait before asking once more; null when it is of no use. `attempt` counts from 0. */
export function waitBefore(
  { retries, maxWaitMs }: RetryPolicy,
  attempt: number,
  askedMs: number | null,
): number | null {
  if (attempt >= retries || (askedMs ?? 0) > maxWaitMs) return null
  return askedMs ?? Math.min(maxWaitMs, backOffMs(attempt))
}

/** Whether a refusal is about the moment and not about the request: then nothing of it was done. */
export const isBusy = ({ status, retryable }: ServiceError): boolean =>
  (status === 429 || status === 503) && retryable

/** Waits; rejects with the signal's reason when it is aborted. */
export async function pause(ms: number, signal?: AbortSignal | null): Promise<void> {
  await delay(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    signal?.throwIfAborted()
    throw error
  })
}
