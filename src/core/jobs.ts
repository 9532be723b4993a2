import { z } from 'zod'
import { errorRules, ParallaxError, type ErrorReport } from './errors.ts'
import type { JsonPointer, Scalar } from './extraction.ts'
import type { Attempt } from './judging.ts'
import type { Route, Row } from './row.ts'

export const jobStatusSchema = z.enum([
  'queued',
  'running',
  'reprocessing',
  'accepted',
  'needs_review',
  'reviewed',
  'rejected',
  'failed',
  'quarantined',
  'cancelled',
])
export type JobStatus = z.infer<typeof jobStatusSchema>

export const unfinished: readonly JobStatus[] = ['queued', 'running', 'reprocessing']

/** How a worker finds a document type again: built in by name, or a user's file whose content had this hash. */
export const typeRefSchema = z.object({ name: z.string(), file: z.string().nullable(), hash: z.string() })
export type TypeRef = z.infer<typeof typeRefSchema>

/** Whose documents they are, where several parties share a service; the CLI's are those of this one. */
export const localTenant = 'local'

/** What is said of a batch when it is opened. */
export interface BatchDetails {
  readonly tenant: string
  /** Where to say that all its jobs have ended, see `CallbackStore`; null for nowhere. */
  readonly callback: string | null
  /** Hash of what was submitted, where the same submission may come again under the same key; else null. */
  readonly request: string | null
  /** Its documents are read before those of the same tenant that have a lower one; usually 0. */
  readonly priority: number
}

/** Of documents that a person waits for. */
export const urgentPriority = 1

export interface Batch extends BatchDetails {
  readonly id: string
  readonly createdAt: string
}

/** Rejects with E_IDEMPOTENCY_CONFLICT what would add another request to a batch than the one that opened it. */
export function requireSameRequest({ request }: Batch, asked: string | null): void {
  if (request === asked) return
  throw new ParallaxError(
    'E_IDEMPOTENCY_CONFLICT',
    'This Idempotency-Key came with other files, another type, route or callback before. Use a new one.',
  )
}

export interface BatchFilter {
  readonly tenant?: string
  /** At most so many; default 100. */
  readonly limit?: number
  /** Continue after the batch with this id. */
  readonly after?: string
}

/** One submitted file. Jobs with the same key share one execution and one result. */
export interface Job {
  readonly id: string
  readonly batchId: string
  /** Of its batch. */
  readonly tenant: string
  /** Place of the file in its batch, from 0. */
  readonly position: number
  /** As the person wrote it. */
  readonly file: string
  /** See `executionKey`: what decides the result, and nothing else. */
  readonly key: string
  readonly status: JobStatus
  readonly error: ErrorReport | null
  /** Orders what waits for review, see `reviewQueue`; 0 unless `finish` said more. */
  readonly urgency: number
  /** Who ended its review; null before, and without one. */
  readonly reviewedBy: string | null
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly updatedAt: string
}

/** What has to be done once for all jobs of a key. */
export interface Work {
  readonly key: string
  /** SHA-256 of the submitted bytes, hex. */
  readonly blob: string
  readonly type: TypeRef
  readonly route: Route
  /** The engine's name as `--ocr` takes it. */
  readonly ocr: string
  /** The backend's name as `--vlm` takes it. */
  readonly vlm: string
  /** The version of Parallax and the engines, with their revisions, that the key promises. */
  readonly pipeline: string
  /** SHA-256 of the vendor templates in force, which are a blob; null without any. */
  readonly templates: string | null
}

/** A granted right to do the work of a key; a later grant makes this one's token worthless. */
export interface Claim extends Work {
  readonly token: string
  /** What was read before it was given out for reprocessing. */
  readonly attempts: readonly Attempt[]
  /** Times this work killed its process. */
  readonly deaths: number
}

/** How long a claim that is not renewed keeps others away, in milliseconds: whoever made it is then taken for dead. */
export const claimMs = 8_000

/** What of a tenant's documents could be read next. */
export interface Turn {
  readonly tenant: string
  /** Keys of this tenant that are being read. */
  readonly running: number
  /** Keys that wait and that nobody holds: those of a higher priority first, then in the order of listing. */
  readonly keys: readonly string[]
}

/** A file to be recorded, and what has to be done for it. */
export interface WorkFile {
  /** As the person wrote it. */
  readonly file: string
  readonly work: Work
}

/** A batch with all its jobs in the order of its files. */
export interface SubmittedBatch {
  readonly batch: Batch
  readonly jobs: readonly Job[]
}

/** A row without the file name, which belongs to the job. */
export type Result = Omit<Row, 'file'>

/** Whether the same submission may end otherwise another time: such a failure is no lasting result. */
export const isPassing = ({ code }: ErrorReport): boolean =>
  errorRules[code].status >= 500 || code === 'E_TYPE_INVALID'

export interface Correction {
  readonly jobId: string
  readonly field: JsonPointer
  readonly before: Scalar
  readonly after: Scalar
  readonly by: string
  readonly at: string
}

export interface JobFilter {
  readonly tenant?: string
  readonly batchId?: string
  readonly status?: readonly JobStatus[]
  /** Most rows to answer; default 100. */
  readonly limit?: number
  /**
   * Continue after the job with this id, in the order of listing (batch creation, then position); E_BAD_REQUEST where there
   * is none (any more), or it is of another batch than `batchId`.
   */
  readonly after?: string
}

/** Whose jobs are counted. */
export type JobScope = Pick<JobFilter, 'tenant' | 'batchId'>

/** What is left to be deleted elsewhere when a job is gone. */
export interface Deleted {
  /** SHA-256 of what no other work needs: the submitted bytes, vendor templates. */
  readonly blobs: readonly string[]
}

/** A row of the ledger that is not what was written: torn, or edited. */
export interface DamagedRow {
  /** `attempts` are what was read of a document that is to be reprocessed. */
  readonly what: 'work' | 'attempts' | 'result' | 'job' | 'corrections' | 'batch' | 'key'
  /** Of the batch, of the key of the API, else of the job (or one of the jobs) that it concerns. */
  readonly id: string
}

/**
 * The ledger: the truth about every job. Every method is one transaction. What is damaged harms nothing else: a damaged job is
 * answered as failed with E_DAMAGED; of its own work, result, corrections and batch, what asks for them rejects with E_DAMAGED,
 * which names the job or batch; lists and counts go on.
 */
export interface JobStore {
  /**
   * Opens a batch, or finds the one with this id as it was opened, whatever the details say now; those left out are
   * `localTenant`, null and 0.
   */
  openBatch(id: string, details?: Partial<BatchDetails>): Promise<Batch>
  batch(id: string): Promise<Batch | null>
  /** The newest first; without damaged ones, whose tenant nobody knows. */
  batches(filter: BatchFilter): Promise<readonly Batch[]>
  /**
   * Records a file of a batch. A second call for the same batch and position answers the first job, unless its key has
   * changed, in which case the job starts anew. With a stored result for the key it ends at once; a stored failure that
   * `isPassing` is dropped, and all jobs that failed by it are queued again.
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
  get(id: string): Promise<Job | null>
  list(filter: JobFilter): Promise<readonly Job[]>
  counts(scope?: JobScope): Promise<Readonly<Record<JobStatus, number>>>

  /**
   * Takes the work of a key: its unfinished jobs become running, or stay in reprocessing. Null when nobody waits for it any
   * more, and while another claim on it is held: one that was made or renewed after `abandonedBefore` (ISO 8601), which is
   * `claimMs` ago unless given. Null also where the work, or what was read of it before, is damaged: its unfinished jobs have
   * then failed with E_DAMAGED.
   */
  claim(key: string, abandonedBefore?: string): Promise<Claim | null>
  /** Holds a claim for another `claimMs`; false when the token is stale or nobody waits for the work any more. */
  renew(key: string, token: string): Promise<boolean>
  /** Keeps what was read and gives the work out again: its running jobs become reprocessing; false when the token is stale. */
  reprocess(key: string, token: string, attempts: readonly Attempt[]): Promise<boolean>
  /** Gives work back after a passing fault: its jobs are queued again; false when the token is stale. */
  release(key: string, token: string): Promise<boolean>
  /** Counts a death of the process that did this work; answers all deaths so far, 0 where the work was deleted. */
  died(key: string): Promise<number>
  /**
   * Stores the result once and ends every unfinished job of the key; false when the token is stale. `urgency` orders what
   * waits for review, see `reviewQueue`; 0 unless given.
   */
  finish(key: string, token: string, status: JobStatus, result: Result, urgency?: number): Promise<boolean>
  result(key: string): Promise<Result | null>
  /** What a key stands for. */
  work(key: string): Promise<Work | null>
  /** The tenants that have documents which wait, with at most `limit` keys of each. */
  turns(limit: number): Promise<readonly Turn[]>
  /** Keys that are being read, of which nobody has heard since `before` (ISO 8601): at most `limit`, the oldest first. */
  abandoned(before: string, limit: number): Promise<readonly string[]>
  /** How many jobs wait to be read, of a tenant or of all. */
  countQueued(tenant?: string): Promise<number>

  /** False when the job had already ended. */
  cancel(id: string): Promise<boolean>
  /**
   * Starts an ended job (failed, quarantined, cancelled, rejected) anew, and any that is damaged, as one that a person waits
   * for; its stored result and its corrections are dropped. With a damaged result all jobs that stood on it begin anew.
   */
  retry(id: string): Promise<boolean>

  /**
   * Records a person's corrections, all or none; the job still needs its review to be closed. Rejects with E_NOT_FOUND,
   * or with E_CONFLICT when a job waits for no review (any more), somebody else holds it, or it has another number of
   * corrections by now than `revision`.
   */
  correct(corrections: readonly Correction[], revision?: number): Promise<void>
  corrections(jobId: string): Promise<readonly Correction[]>
  /**
   * needs_review → reviewed or rejected; false when the job was not waiting for a review. Rejects with E_CONFLICT as
   * `correct` does.
   */
  closeReview(id: string, status: 'reviewed' | 'rejected', by: string, revision?: number): Promise<boolean>

  /** Jobs that need a review: those that were skipped least often first, then the most urgent, then in the order of listing. */
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

  /** Looks at every row. */
  damaged(): AsyncIterable<DamagedRow>
  /** Whether nobody knows any more of some work what was submitted, so that its blob seems to be needed by none. */
  hasDamagedWork(): Promise<boolean>
  /**
   * Makes what it can of a damaged row: jobs end as failed with E_DAMAGED, to be retried, keys are revoked, batches are made
   * again from their jobs and call nobody back. False where only a retry or another submission helps.
   */
  mend(row: DamagedRow): Promise<boolean>

  close(): Promise<void>
}

/** Bytes by their SHA-256. */
export interface BlobStore {
  /** Durable when it resolves, and as new if it was there. Answers the hex digest. */
  put(bytes: Uint8Array): Promise<string>
  /** Null when there is no such blob; rejects with E_STORAGE when the bytes no longer match their name. */
  get(sha256: string): Promise<Uint8Array | null>
  /** Whether there is such a blob; its bytes are not looked at. */
  has(sha256: string): Promise<boolean>
  delete(sha256: string): Promise<void>
  /** What lies among the blobs whose digests begin with these two hexadecimal digits; with '', what lies beside all of them. */
  look(prefix: string): Promise<BlobFolder>
  /** Removes what `look` has called unfinished. */
  discard(unfinished: string): Promise<void>
}

/** Something that lies in a store, and when it was put (again) or written to, in milliseconds since 1970. */
export interface Stored {
  readonly name: string
  readonly at: number
}

export interface BlobFolder {
  /** By their digests. */
  readonly blobs: readonly Stored[]
  /** What is being written, or was when its writer died. */
  readonly unfinished: readonly Stored[]
  /** What nobody has put there through a `BlobStore`. */
  readonly foreign: readonly string[]
}

/** What a queue holds of one kind of job. */
export interface QueueContents {
  /** Keys that a worker takes next. */
  readonly waiting: readonly string[]
  /** Keys that a worker has, or that are tried again in a moment. */
  readonly taken: readonly string[]
}

/** Hands keys to workers. May lose them: the ledger and its dispatchers are what promises delivery. */
export interface JobQueue<Name extends string, Payloads extends Record<Name, unknown>> {
  /** Those of a lower `rank` are taken first, from 1; without one before all of them. */
  enqueue<N extends Name>(name: N, payload: Payloads[N], rank?: number): Promise<void>
  contents(name: Name): Promise<QueueContents>
  close(): Promise<void>
}
