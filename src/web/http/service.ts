import { sessionSchema, type Session } from '../../contract/common.ts'
import {
  acceptedBatchSchema,
  batchPageSchema,
  batchSchema,
  columnNamesSchema,
  jobPageSchema,
  jobSchema,
  limitsSchema,
  resultAnswerSchema,
  type AcceptedBatch,
  type BatchAnswer,
  type BatchPage,
  type JobAnswer,
  type JobPage,
  type Limits,
} from '../../contract/jobs.ts'
import {
  documentTypeSchema,
  documentTypesSchema,
  typeTrialSchema,
  type DocumentTypeAnswer,
  type TypeTrial,
} from '../../contract/types.ts'
import {
  checkedSchema,
  documentSchema,
  nextReviewSchema,
  readRegionSchema,
  reviewQueueSchema,
  reviewSchema,
  type Changes,
  type Checked,
  type DocumentAnswer,
  type NextReview,
  type ReadRegion,
  type Review,
  type ReviewQueue,
} from '../../contract/review.ts'
import type { Rejection } from '../../core/decision.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import type { Box } from '../../core/geometry.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { request, requestText, tell } from './request.ts'
import { upload } from './upload.ts'

const at = (strings: TemplateStringsArray, ...parts: readonly (string | number)[]): string =>
  String.raw({ raw: strings }, ...parts.map(encodeURIComponent))

const post = (json?: unknown) => ({ method: 'POST', ...(json !== undefined && { json }) }) as const

// Who is there
export const fetchSession = (signal: AbortSignal): Promise<Session> =>
  request(sessionSchema, '/v1/session', { signal })
export const signIn = (key: string): Promise<Session> => request(sessionSchema, '/v1/session', post({ key }))
export const signOut = (): Promise<void> => tell('/v1/session', { method: 'DELETE' })

// Batches and their documents
/** What a list is narrowed to; empty for all. */
export interface ListFilter {
  readonly search: string
  readonly status: string
}

function listQuery(
  { search, status }: ListFilter,
  after: string | null,
  more: Record<string, string>,
): string {
  const query = { ...more, ...(search !== '' && { search }), ...(status !== '' && { status }) }
  return new URLSearchParams({ ...query, ...(after !== null && { after }) }).toString()
}

export const fetchBatches = (
  filter: ListFilter,
  after: string | null,
  signal?: AbortSignal,
): Promise<BatchPage> =>
  request(batchPageSchema, `/v1/batches?${listQuery(filter, after, { limit: '20' })}`, {
    ...(signal && { signal }),
  })
export const fetchLimits = (signal: AbortSignal): Promise<Limits> =>
  request(limitsSchema, '/v1/limits', { signal })
export const fetchBatch = (id: string, signal: AbortSignal): Promise<BatchAnswer> =>
  request(batchSchema, at`/v1/batches/${id}`, { signal })
export const deleteBatch = (id: string): Promise<void> => tell(at`/v1/batches/${id}`, { method: 'DELETE' })
export const batchEvents = (id: string): string => at`/v1/batches/${id}/events`
export const batchReport = (id: string): string => at`/v1/batches/${id}/report`
export interface RowExport {
  readonly format: 'csv' | 'xlsx' | 'jsonl'
  /** Whether a table has a line for each item. */
  readonly items: boolean
  /** Name of the columns of a table; empty for all. */
  readonly columns: string
}
export function batchExport(batch: string, { format, items, columns }: RowExport): string {
  const isTable = format !== 'jsonl'
  const query = new URLSearchParams({
    format,
    batch,
    ...(format === 'csv' && { bom: 'true' }),
    ...(isTable && columns !== '' && { columns }),
    ...(isTable && columns === '' && items && { per: 'item' }),
  })
  return `/v1/exports?${query.toString()}`
}
export const fetchColumns = async (signal: AbortSignal): Promise<readonly string[]> =>
  (await request(columnNamesSchema, '/v1/exports/columns', { signal })).items

export interface Submission {
  readonly type: string
  readonly route: string
  readonly files: readonly File[]
  readonly priority: 'normal' | 'high'
  /** The same for every try of the same submission. */
  readonly idempotencyKey: string
  readonly name: string
  readonly reference: string
}

/** Sends files; tells how much of them has gone, 0 to 1. */
export function submit(
  { type, route, priority, files, idempotencyKey, name, reference }: Submission,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<AcceptedBatch> {
  const form = new FormData()
  form.set('type', type)
  form.set('route', route)
  form.set('priority', priority)
  if (name !== '') form.set('name', name)
  if (reference !== '') form.set('reference', reference)
  for (const file of files) form.append('files', file, file.name)
  const headers = { 'idempotency-key': idempotencyKey }
  return upload(acceptedBatchSchema, '/v1/batches', { form, headers, progress, signal })
}

export const fetchTypes = async (signal: AbortSignal): Promise<readonly string[]> =>
  (await request(documentTypesSchema, '/v1/types', { signal })).items.map(({ name }) => name)
export interface SchemaTrial {
  readonly schema: string
  /** What the type is to be called; empty while nobody knows. */
  readonly name: string
  readonly file: File
}
/** What each field of a JSON Schema finds on a document. */
export function tryType({ schema, name, file }: SchemaTrial): Promise<TypeTrial> {
  const form = new FormData()
  form.set('schema', schema)
  if (name !== '') form.set('name', name)
  form.append('file', file, file.name)
  return request(typeTrialSchema, '/v1/types/try', { method: 'POST', form })
}
export const putType = (name: string, schema: unknown): Promise<DocumentTypeAnswer> =>
  request(documentTypeSchema, at`/v1/types/${name}`, { method: 'PUT', json: schema })
export const fetchJobs = (
  batch: string,
  filter: ListFilter,
  after: string | null,
  signal?: AbortSignal,
): Promise<JobPage> =>
  request(
    jobPageSchema,
    `/v1/jobs?${listQuery(filter, after, { limit: '50', batch, summary: 'true' })}`,
    signal ? { signal } : {},
  )
export const fetchResult = (id: string, signal: AbortSignal): Promise<ExtractionResult> =>
  request(resultAnswerSchema, at`/v1/jobs/${id}/result`, { signal })
export const fetchDocument = (id: string, signal: AbortSignal): Promise<DocumentAnswer> =>
  request(documentSchema, at`/v1/jobs/${id}/document`, { signal })
export const retryJob = (id: string): Promise<JobAnswer> =>
  request(jobSchema, at`/v1/jobs/${id}/retry`, post())
export const cancelJob = (id: string): Promise<JobAnswer> =>
  request(jobSchema, at`/v1/jobs/${id}/cancel`, post())
export const deleteJob = (id: string): Promise<void> => tell(at`/v1/jobs/${id}`, { method: 'DELETE' })
export const pagePicture = (id: string, page: number): string => at`/v1/jobs/${id}/pages/${page}`

// Reviewing
export const fetchQueue = (limit: number, signal: AbortSignal): Promise<ReviewQueue> =>
  request(reviewQueueSchema, at`/v1/review?limit=${limit}`, { signal })
export const nextReview = (not: string | null): Promise<NextReview> =>
  request(nextReviewSchema, '/v1/review/next', post(not === null ? {} : { not }))
export const fetchReview = (id: string, signal: AbortSignal): Promise<Review> =>
  request(reviewSchema, at`/v1/review/${id}`, { signal })
export const checkChanges = (id: string, changes: Changes, signal: AbortSignal): Promise<Checked> =>
  request(checkedSchema, at`/v1/review/${id}/check`, { ...post(changes), signal })
export const sendChanges = (id: string, changes: Changes): Promise<Review> =>
  request(reviewSchema, at`/v1/review/${id}/corrections`, post(changes))
export const acceptReview = (id: string, revision: number): Promise<JobAnswer> =>
  request(jobSchema, at`/v1/review/${id}/accept`, post({ revision }))
export const rejectReview = (id: string, revision: number, rejection: Rejection): Promise<JobAnswer> =>
  request(jobSchema, at`/v1/review/${id}/reject`, post({ revision, ...rejection }))
export const reopenReview = (id: string): Promise<JobAnswer> =>
  request(jobSchema, at`/v1/review/${id}/reopen`, post())
export const skipReview = (id: string): Promise<JobAnswer> =>
  request(jobSchema, at`/v1/review/${id}/skip`, post())
export const readRegion = (
  id: string,
  page: number,
  box: Box,
  field: JsonPointer | null,
): Promise<ReadRegion> =>
  request(readRegionSchema, at`/v1/review/${id}/read`, post({ page, box, ...(field !== null && { field }) }))

export const fetchMetrics = (signal: AbortSignal): Promise<string> => requestText('/v1/metrics', { signal })
