import { z } from 'zod'
import type { Rejection } from './decision.ts'
import { errorRules, ParallaxError, type ErrorReport } from './errors.ts'
import type { JsonPointer, Scalar } from './extraction.ts'
import type { Metadata } from './metadata.ts'
import type { Attempt } from './judging.ts'
import type { Strategy, ExtractionResult } from './extraction-result.ts'
import type { ToldType } from './told-type.ts'

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

/** How a worker finds a document type again: built in by name, or a file whose content had this hash, in the data folder by its path from there. */
export const typeRefSchema = z.object({ name: z.string(), file: z.string().nullable(), hash: z.string() })
export type TypeRef = z.infer<typeof typeRefSchema>

/** Whose documents they are, where several parties share a service; the CLI's are those of this one. */
export const localTenant = 'local'

/** What is said of a batch when it is opened. */
export interface BatchDetails {
  readonly tenant: string
  /** The URL that is called when all its jobs have ended, see `CallbackStore`; null for none. */
  readonly callback: string | null
  /** Hash of what was submitted, where the same submission may come again under the same key; else null. */
  readonly request: string | null
  /** Its documents are read before those of the same tenant that have a lower one; usually 0. */
  readonly priority: number
  /** As people call it; null for none, as in the next two. */
  readonly name: string | null
  /** What it goes by elsewhere. */
  readonly reference: string | null
  readonly metadata: Metadata | null
}

/** The priority of documents that a person is waiting for. */
export const highPriority = 1

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
  /** Text in its name, reference, metadata, or the name of one of its files. */
  readonly search?: string
  /** Only those with a document in this state. */
  readonly status?: JobStatus
  /** At most so many; default 100. */
  readonly limit?: number
  /** Continue after the batch with this id. */
  readonly after?: string
}

/** One submitted file. Jobs with the same key share one execution and one result. */
export interface Job {
  readonly id: string
  readonly batchId: string
  /** The tenant of its batch. */
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
  readonly reviewPriority: number
  /** Who ended its review; null before that, and where there was none. */
  readonly reviewedBy: string | null
  /** What they said when they rejected it; else null. */
  readonly rejection: Rejection | null
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
  readonly route: Strategy
  /** The engine's name as `--ocr` takes it. */
  readonly ocr: string
  /** The backend's name as `--vlm` takes it. */
  readonly vlm: string
  /** The version of Parallax and the engines, with their revisions, that the key promises. */
  readonly pipeline: string
  /** SHA-256 of the vendor templates in force, which are a blob; null without any. */
  readonly templates: string | null
  /** How sure the type is, where it was told by the document's words; left out where somebody named it. */
  readonly told?: ToldType
}

/** What the words of a document tell to read it as. */
export type ToldWork = Required<Pick<Work, 'type' | 'pipeline' | 'templates' | 'told'>>

/** The right to do the work of a key for a limited time; a later lease makes this one's token invalid. */
export interface Lease extends Work {
  readonly token: string
  /** What was read before it was given out for reprocessing. */
  readonly attempts: readonly Attempt[]
  /** Times this work killed its process. */
  readonly deaths: number
}

/** How long a lease that is not renewed keeps others away, in milliseconds: whoever made it is then taken for dead. */
export const leaseMs = 8_000

/** The documents of a tenant that could be read next. */
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

/** A result without the file name, which belongs to the job. */
export type StoredResult = Omit<ExtractionResult, 'file'>

/** Whether a failure is transient: the same submission may succeed another time, so no result is stored. */
export const isTransient = ({ code }: ErrorReport): boolean =>
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
  /** Text in the name of the file. */
  readonly search?: string
  /** Most rows to answer; default 100. */
  readonly limit?: number
  /**
   * Continue after the job with this id, in the order of listing (batch creation, then position); E_BAD_REQUEST where there
   * is none (any more), or it is of another batch than `batchId`.
   */
  readonly after?: string
}

/** Which jobs are counted. */
export type JobScope = Pick<JobFilter, 'tenant' | 'batchId'>

/** What is left to be deleted elsewhere when a job is gone. */
export interface Deleted {
  /** SHA-256 of what no other work needs: the submitted bytes, vendor templates. */
  readonly blobs: readonly string[]
}

/** A row of the ledger that is not what was written: its seal does not match. */
export interface DamagedRow {
  /** `attempts` are what was read of a document that is to be reprocessed. */
  readonly what: 'work' | 'attempts' | 'result' | 'job' | 'corrections' | 'decisions' | 'batch' | 'key'
  /** The id of the batch or API key, or else of (one of) the jobs that it concerns. */
  readonly id: string
}
