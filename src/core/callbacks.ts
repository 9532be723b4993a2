import type { Batch } from './jobs.ts'

/** A batch whose jobs have all ended, and whose submitter wanted to be told. */
export interface Callback {
  /** The same for every try to tell this; another one when the batch has ended anew. */
  readonly id: string
  readonly batch: Batch
  readonly url: string
  /** Tries before this one. */
  readonly attempts: number
}

/** Who is still to be told that a batch has ended; kept in the ledger, so that a restart forgets nobody. */
export interface CallbackStore {
  /**
   * Takes the callbacks that are due now, at most `limit`; each is due again at `until` (ISO 8601) unless it is settled. A
   * batch is due when all the jobs that it has have ended, and again when they have after one of them began anew.
   */
  take(now: string, until: string, limit: number): Promise<readonly Callback[]>
  /**
   * Does not tell this batch's submitter again, unless one of its jobs begins anew: they were told (null), or it was given up
   * for this reason.
   */
  settle(batchId: string, failure: string | null): Promise<void>
  /** Due again at `at` (ISO 8601); counts a try. */
  postpone(batchId: string, at: string): Promise<void>
}
