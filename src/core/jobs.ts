import { z } from 'zod'
import { errorRules, type ErrorReport } from './errors.ts'
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

export interface Batch {
  readonly id: string
  readonly createdAt: string
}

/** One submitted file. Jobs with the same key share one execution and one result. */
export interface Job {
  readonly id: string
  readonly batchId: string
  /** Place of the file in its batch, from 0. */
  readonly position: number
  /** As the person wrote it. */
  readonly file: string
  /** See `executionKey`: what decides the result, and nothing else. */
  readonly key: string
  readonly status: JobStatus
  readonly error: ErrorReport | null
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
  readonly batchId?: string
  readonly status?: readonly JobStatus[]
  /** Most rows to answer; default 100. */
  readonly limit?: number
  /** Continue after the job with this id, in the order of listing (batch creation, then position). */
  readonly after?: string
}

/** The ledger: the truth about every job. Every method is one transaction. */
export interface JobStore {
  /** Opens a batch, or finds the one with this id. */
  openBatch(id: string): Promise<Batch>
  /**
   * Records a file of a batch. A second call for the same batch and position answers the first job, unless its key has
   * changed, in which case the job starts anew. With a stored result for the key it ends at once; a stored failure that
   * `isPassing` is dropped, and all jobs that failed by it are queued again.
   */
  submit(batchId: string, position: number, file: string, work: Work): Promise<Job>
  get(id: string): Promise<Job | null>
  list(filter: JobFilter): Promise<readonly Job[]>
  counts(batchId?: string): Promise<Readonly<Record<JobStatus, number>>>

  /** Takes the work of a key: its unfinished jobs become running, or stay in reprocessing. Null when nobody waits for it any more. */
  claim(key: string): Promise<Claim | null>
  /** Keeps what was read and gives the work out again: its running jobs become reprocessing; false when the token is stale. */
  reprocess(key: string, token: string, attempts: readonly Attempt[]): Promise<boolean>
  /** Gives work back after a passing fault: its jobs are queued again; false when the token is stale. */
  release(key: string, token: string): Promise<boolean>
  /** Counts a death of the process that did this work; answers all deaths so far. */
  died(key: string): Promise<number>
  /** Stores the result once and ends every unfinished job of the key; false when the token is stale. */
  finish(key: string, token: string, status: JobStatus, result: Result): Promise<boolean>
  result(key: string): Promise<Result | null>
  /** What a key stands for. */
  work(key: string): Promise<Work | null>
  /** Keys with unfinished jobs that nothing has touched since `before` (ISO 8601): at most `limit`, the oldest first. */
  waiting(before: string, limit: number): Promise<readonly string[]>

  /** False when the job had already ended. */
  cancel(id: string): Promise<boolean>
  /** Starts an ended job (failed, quarantined, cancelled, rejected) anew; its stored result is dropped. */
  retry(id: string): Promise<boolean>

  /**
   * Records a person's corrections, all or none; the job still needs its review to be closed. Rejects with E_NOT_FOUND,
   * or with E_CONFLICT when a job waits for no review (any more).
   */
  correct(corrections: readonly Correction[]): Promise<void>
  corrections(jobId: string): Promise<readonly Correction[]>
  /** needs_review → reviewed or rejected; false when the job was not waiting for a review. */
  closeReview(id: string, status: 'reviewed' | 'rejected', by: string): Promise<boolean>

  close(): Promise<void>
}

/** Bytes by their SHA-256. */
export interface BlobStore {
  /** Durable when it resolves. Answers the hex digest. */
  put(bytes: Uint8Array): Promise<string>
  /** Null when there is no such blob; rejects with E_STORAGE when the bytes no longer match their name. */
  get(sha256: string): Promise<Uint8Array | null>
  delete(sha256: string): Promise<void>
}

/** Hands keys to workers. May lose them: the ledger and its reconciler are what promises delivery. */
export interface JobQueue<Name extends string, Payloads extends Record<Name, unknown>> {
  enqueue<N extends Name>(name: N, payload: Payloads[N]): Promise<void>
  close(): Promise<void>
}
