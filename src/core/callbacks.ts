import type { Batch } from './jobs.ts'

/** A webhook call that is due: all jobs of a batch have ended, and its submitter asked to be told. */
export interface Callback {
  /** The same for every attempt to deliver it; another one when the batch has ended anew. */
  readonly id: string
  readonly batch: Batch
  readonly url: string
  /** Attempts to deliver it before this one. */
  readonly attempts: number
}

/** The webhook calls that are still to be made; kept in the ledger, so that they survive a restart. */
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
