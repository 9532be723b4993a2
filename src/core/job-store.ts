import type { Decision, Rejection } from './decision.ts'
import type {
  Batch,
  BatchDetails,
  BatchFilter,
  Lease,
  Correction,
  DamagedRow,
  Deleted,
  Job,
  JobFilter,
  JobScope,
  JobStatus,
  StoredResult,
  SubmittedBatch,
  ToldWork,
  Turn,
  Work,
  WorkFile,
} from './jobs.ts'
import type { Attempt } from './judging.ts'

/** Records submissions, which come in batches. */
export interface SubmissionStore {
  /**
   * Opens a batch, or finds the one with this id as it was opened, whatever the details say now; those left out are
   * `localTenant`, 0 and null.
   */
  openBatch(id: string, details?: Partial<BatchDetails>): Promise<Batch>
  /**
   * Records a file of a batch. A second call for the same batch and position answers the first job, unless its key has
   * changed, in which case the job starts anew. With a stored result for the key it ends at once; a stored failure that
   * `isTransient` is dropped, and all jobs that failed by it are queued again.
   */
  submit(batchId: string, position: number, file: string, work: Work): Promise<Job>
  /**
   * `openBatch`, then `submit` for every file by its place: all of it or nothing, so that nobody ever sees a batch with a
   * part of its files. Rejects as `requireSameRequest` where another request opened the batch.
   */
  submitAll(
    batchId: string,
    details: Partial<BatchDetails>,
    files: readonly WorkFile[],
  ): Promise<SubmittedBatch>
}

/** Looks up jobs and batches, lists and counts them. */
export interface ListingStore {
  batch(id: string): Promise<Batch | null>
  /** The newest first; without damaged ones, whose tenant nobody knows. */
  batches(filter: BatchFilter): Promise<readonly Batch[]>
  get(id: string): Promise<Job | null>
  list(filter: JobFilter): Promise<readonly Job[]>
  counts(scope?: JobScope): Promise<Readonly<Record<JobStatus, number>>>
  result(key: string): Promise<StoredResult | null>
  /** When the results of keys were stored (ISO 8601), of those that have one. */
  storedAt(keys: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** When the document of a tenant that has waited longest to be read was submitted (ISO 8601); null where none waits. */
  oldestQueued(tenant: string): Promise<string | null>
  /** What a key stands for. */
  work(key: string): Promise<Work | null>
}

/** Leases work to workers, and stores their results. */
export interface WorkStore {
  /** The tenants that have documents which wait, with at most `limit` keys of each. */
  turns(limit: number): Promise<readonly Turn[]>
  /** Keys whose lease was not renewed since `before` (ISO 8601): at most `limit`, the oldest first. */
  abandoned(before: string, limit: number): Promise<readonly string[]>
  /** How many jobs wait to be read, of a tenant or of all. */
  countQueued(tenant?: string): Promise<number>
  /**
   * Takes the work of a key: its unfinished jobs become running, or stay in reprocessing. Null when nobody waits for it any
   * more, and while another lease on it is held: one that was made or renewed after `abandonedBefore` (ISO 8601), which is
   * `leaseMs` ago unless given. Null also where the work, or what was read of it before, is damaged: its unfinished jobs have
   * then failed with E_DAMAGED.
   */
  lease(key: string, abandonedBefore?: string): Promise<Lease | null>
  /** Holds a lease for another `leaseMs`; false when the token is stale or nobody waits for the work any more. */
  renew(key: string, token: string): Promise<boolean>
  /** Reads the work from now on as what its document was told to be; false when the token is stale. */
  retype(key: string, token: string, told: ToldWork): Promise<boolean>
  /** Keeps what was read and gives the work out again: its running jobs become reprocessing; false when the token is stale. */
  reprocess(key: string, token: string, attempts: readonly Attempt[]): Promise<boolean>
  /** Gives work back after a passing fault: its jobs are queued again; false when the token is stale. */
  release(key: string, token: string): Promise<boolean>
  /** Records that the process which did this work died; returns how often that has happened, 0 where the work was deleted. */
  recordCrash(key: string): Promise<number>
  /**
   * Stores the result once and ends every unfinished job of the key; false when the token is stale. `reviewPriority` orders what
   * waits for review, see `reviewQueue`; 0 unless given.
   */
  finish(
    key: string,
    token: string,
    status: JobStatus,
    result: StoredResult,
    reviewPriority?: number,
  ): Promise<boolean>
  /** False when the job had already ended. */
  cancel(id: string): Promise<boolean>
  /**
   * Starts an ended job (failed, quarantined, cancelled, rejected) anew, and any that is damaged, as one that a person waits
   * for; its stored result and its corrections are dropped. With a damaged result all jobs that stood on it begin anew.
   */
  retry(id: string): Promise<boolean>
}

/** How a person ends a review. */
export interface ReviewEnding {
  readonly status: 'reviewed' | 'rejected'
  readonly by: string
  readonly rejection?: Rejection | null
}

/** The review queue, and people's corrections. */
export interface ReviewStore {
  /**
   * Records a person's corrections, all or none; the job still needs its review to be closed. Rejects with E_NOT_FOUND,
   * or with E_CONFLICT when a job waits for no review (any more), somebody else holds it, or it has another number of
   * corrections by now than `revision`.
   */
  correct(corrections: readonly Correction[], revision?: number): Promise<void>
  corrections(jobId: string): Promise<readonly Correction[]>
  /**
   * needs_review → reviewed or rejected; false when the job was not waiting for a review. Rejects with E_CONFLICT as
   * `correct` does. Whoever asked to be told of the batch is told again, `undoMs` later.
   */
  closeReview(id: string, ending: ReviewEnding, revision?: number): Promise<boolean>
  /**
   * accepted, reviewed or rejected → needs_review, with what was corrected so far, held for `by` until `until` (ISO 8601);
   * false for a job in another state, and for one whose result is damaged.
   */
  reopenReview(id: string, by: string, until: string): Promise<boolean>
  /** What people decided about a job, the oldest first; without entries that are damaged. */
  decisions(jobId: string): Promise<readonly Decision[]>
  /** Jobs that need a review: those that were skipped least often first, then those of the highest review priority, then in the order of listing. */
  reviewQueue(filter: Pick<JobFilter, 'tenant' | 'limit'>): Promise<readonly Job[]>
  /**
   * The first of the review queue that nobody else holds, held for `by` until `until` (ISO 8601); the one that they hold
   * already, unless it is `not`. Null when nothing is left.
   */
  holdReview(
    by: string,
    until: string,
    filter: { readonly tenant?: string; readonly not?: string },
  ): Promise<Job | null>
  /** Lets go of a job that `by` holds and puts it behind those that were skipped less often; false when it needs no review. */
  skipReview(id: string, by: string): Promise<boolean>
}

/** Deletes jobs, and keeps track of what a deletion has left to be removed. */
export interface DeletionStore {
  /**
   * Forgets a job with its corrections, and its work and result when no other job has the same key, also while it is being
   * read: what comes of that is refused then. A batch without jobs goes too. Null when there is no such job. What was deleted
   * is overwritten in the ledger's files when this resolves; what they hold a second time goes with `compact`. That, and
   * which blobs have to go, is owed from then on.
   */
  delete(id: string): Promise<Deleted | null>
  /** Whether any work needs this blob, be it submitted bytes or vendor templates. */
  needs(blob: string): Promise<boolean>
  /** Blobs that deletions have left to be removed. */
  removals(limit: number): Promise<readonly string[]>
  /**
   * Has a blob removed unless some work needs it, which none can begin to until `remove` has resolved; it is owed no longer
   * then. Answers whether it was removed.
   */
  removeBlob(blob: string, remove: () => Promise<void>): Promise<boolean>
  /** The digests of the blobs that works need, of those that begin with these hexadecimal digits. */
  neededBlobs(prefix: string): Promise<readonly string[]>
  /** Ids of jobs whose work needs a blob. */
  jobsWith(blob: string, limit: number): Promise<readonly string[]>
  /** Whether anything was deleted since `compact` began the last time. */
  isCompactionOwed(): Promise<boolean>
  /** Jobs that have ended and were last changed before this (ISO 8601), the oldest first. */
  endedBefore(before: string, limit: number): Promise<readonly Job[]>
  /**
   * Writes the ledger's files anew without anything of what was ever deleted; nothing can be written meanwhile. Worth its
   * time (seconds for 100 000 jobs) once after deletions, not after each.
   */
  compact(): Promise<void>
}

/** Finds rows that are damaged, and repairs those that can be. */
export interface DamageStore {
  /** Looks at every row. */
  damaged(): AsyncIterable<DamagedRow>
  /** Whether nobody knows any more of some work what was submitted, so that its blob seems to be needed by none. */
  hasDamagedWork(): Promise<boolean>
  /**
   * Makes what it can of a damaged row: jobs end as failed with E_DAMAGED, to be retried, keys are revoked, batches are made
   * again from their jobs and call nobody back. False where only a retry or another submission helps.
   */
  mend(row: DamagedRow): Promise<boolean>
}

/**
 * The ledger: the truth about every job. Every method is one transaction. What is damaged harms nothing else: a damaged job is
 * answered as failed with E_DAMAGED; of its own work, result, corrections and batch, what asks for them rejects with E_DAMAGED,
 * which names the job or batch; lists and counts go on.
 */
export interface JobStore
  extends SubmissionStore, ListingStore, WorkStore, ReviewStore, DeletionStore, DamageStore {
  close(): Promise<void>
}
