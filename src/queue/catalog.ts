import { z } from 'zod'

interface JobRule {
  readonly payload: z.ZodType<{ readonly key: string }>
  /** Runs before the queue gives a job up; the dispatcher then brings it back from the ledger. */
  readonly attempts: number
  /** Wait before the second run in milliseconds, doubled for each further one. */
  readonly backoffMs: number
}

/** Payloads carry the key of the work only; what it is stands in the ledger. */
const keyPayload = z.object({ key: z.string().min(1).max(512) })

/** Every kind of job with the shape of its payload and its retry policy. */
export const catalog = {
  extract: { payload: keyPayload, attempts: 5, backoffMs: 1_000 },
  reprocess: { payload: keyPayload, attempts: 5, backoffMs: 1_000 },
} as const satisfies Record<string, JobRule>

export type JobName = keyof typeof catalog
export type JobPayloads = { readonly [N in JobName]: z.infer<(typeof catalog)[N]['payload']> }
