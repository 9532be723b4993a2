import type { ParallaxError } from '../../core/errors.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job, JobStatus } from '../../core/jobs.ts'
import { toPointer } from '../../core/pointer.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { isAudited } from '../judging/audit-draw.ts'
import { eachJob, type JobSelection } from '../results/each-result.ts'
import { damageOf, resultOf, namedResult } from '../results/result-of-job.ts'

/** How a document came to be known: a person reviewed it because it was flagged, or drawn; or nobody looked at it. */
export type Source = 'review' | 'audit' | 'accepted'

/** A document whose values are known. */
export interface Known {
  readonly job: Job
  /** With corrections. */
  readonly result: ExtractionResult
  /** As it was read. */
  readonly read: ExtractionResult
  readonly source: Source
}

const sourceOf = ({ status }: Job, read: ExtractionResult): Source => {
  if (status !== 'reviewed') return 'accepted'
  return isAudited(read) ? 'audit' : 'review'
}

/** States in which the values of a document are known; those that were accepted unseen only on demand. */
export type KnownStatus = Extract<JobStatus, 'reviewed' | 'accepted'>

export interface KnownSelection extends Omit<JobSelection, 'status'> {
  readonly status: readonly KnownStatus[]
  /** Name of a document type; all by default. */
  readonly type?: string | undefined
}

/** Told of a document that is left out, and why. */
export type LeaveOut = (job: Job, why: ParallaxError) => void

/** Documents whose values are known, each once however often it was submitted; without those that are damaged. */
export async function* eachKnown(
  store: JobStore,
  { type, ...selection }: KnownSelection,
  leaveOut: LeaveOut,
): AsyncIterable<Known> {
  const seen = new Set<string>()
  for await (const job of eachJob(store, selection)) {
    if (seen.has(job.key)) continue
    const known = await knownOf(store, job).catch((error: unknown) => leaveOut(job, damageOf(error)))
    if (!known || (type !== undefined && known.result.documentType !== type)) continue
    seen.add(job.key)
    yield known
  }
}

/** Null for a document without data. */
async function knownOf(store: JobStore, job: Job): Promise<Known | null> {
  const result = await resultOf(store, job)
  const stored = result && (await store.result(job.key))
  if (!stored || result.data === null) return null
  const read = namedResult(job.file, stored)
  return { job, result, read, source: sourceOf(job, read) }
}

/** A line of Donut's `metadata.jsonl`, with where the truth comes from. */
export interface PairLine {
  readonly file_name: string
  /** JSON: `{"gt_parse": …}`. */
  readonly ground_truth: string
  readonly source: Source
  /** As it was submitted. */
  readonly document: string
  /** Of the document, from 1; null where the picture shows all of it. */
  readonly page: number | null
}

export const pairLine = (
  { job, source }: Pick<Known, 'job' | 'source'>,
  file: string,
  truth: unknown,
  page: number | null = null,
): PairLine => ({
  file_name: file,
  ground_truth: JSON.stringify({ gt_parse: truth }),
  source,
  document: job.file,
  page,
})

const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.values(value).every(isEmpty))

/** A document's data with null for each value that does not stand on a page, and lists without records of nothing else. */
function standing(
  value: unknown,
  at: readonly string[],
  isThere: (pointer: JsonPointer) => boolean,
): unknown {
  if (Array.isArray(value))
    return value.map((one, i) => standing(one, [...at, String(i)], isThere)).filter((one) => !isEmpty(one))
  if (typeof value !== 'object' || value === null) return isThere(toPointer(at)) ? value : null
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, standing(one, [...at, key], isThere)]),
  )
}

/** What of a document's data is known to stand on one of its pages; null for nothing. */
export function dataOnPage(
  { data, fields }: Pick<ExtractionResult, 'data' | 'fields'>,
  page: number,
): unknown {
  const onPage = standing(data, [], (pointer) => fields[pointer]?.source?.page === page)
  return isEmpty(onPage) ? null : onPage
}

/** The pages on which values stand. */
export const pagesWithValues = ({ fields }: Pick<ExtractionResult, 'fields'>): readonly number[] =>
  [...new Set(Object.values(fields).flatMap(({ source }) => source?.page ?? []))].sort((a, b) => a - b)
