import type { Selectable } from 'kysely'
import { z } from 'zod'
import { roleSchema, type AccessKey } from '../core/access.ts'
import { decisionKindSchema, rejectionSchema, type Decision } from '../core/decision.ts'
import { errorReportSchema, type ParallaxError } from '../core/errors.ts'
import { fieldSchema, jsonPointerSchema } from '../core/extraction.ts'
import { jobStatusSchema, typeRefSchema } from '../core/jobs.ts'
import type { Batch, Lease, Correction, Job, JobStatus, StoredResult, TypeRef, Work } from '../core/jobs.ts'
import { metadataSchema } from '../core/metadata.ts'
import { attemptSchema } from '../core/judging.ts'
import { strategySchema, extractionResultSchema } from '../core/extraction-result.ts'
import { toldTypeSchema } from '../core/told-type.ts'
import { damagedBatch, damagedJob } from './damage.ts'
import type { LedgerTables } from './ledger-tables.ts'
import { isSound, sealOfAttempts, type SealedTable } from './seals.ts'

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    context.addIssue({ code: 'custom', message: 'is not JSON' })
    return z.NEVER
  }
})

const scalarText = jsonText.pipe(fieldSchema.shape.value)
const errorText = jsonText.pipe(errorReportSchema).nullable()
const attemptsText = jsonText.pipe(z.array(attemptSchema)).nullable()
const rejectionText = jsonText.pipe(rejectionSchema).nullable()
const metadataCell = jsonText.pipe(metadataSchema).nullable()
const toldText = jsonText.pipe(toldTypeSchema).nullable()
const resultText = jsonText.pipe(extractionResultSchema.omit({ file: true }))

const storedRow = z.object({
  status: jobStatusSchema,
  error: errorText,
  urgency: z.number(),
  result: resultText,
})

const batchRow = z
  .object({
    id: z.string(),
    tenant: z.string(),
    callback: z.string().nullable(),
    request: z.string().nullable(),
    name: z.string().nullable(),
    reference: z.string().nullable(),
    metadata: metadataCell,
    // It orders, and says nothing.
    priority: z.int().catch(0),
    created_at: z.iso.datetime(),
  })
  .transform(({ created_at, ...rest }): Batch => ({ ...rest, createdAt: created_at }))

const jobRow = z
  .object({
    id: z.string(),
    batch_id: z.string(),
    tenant: z.string(),
    position: z.int().min(0),
    file: z.string(),
    key: z.string(),
    status: jobStatusSchema,
    error: errorText,
    urgency: z.number(),
    reviewed_by: z.string().nullable(),
    rejection: rejectionText,
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .transform(({ batch_id, urgency, reviewed_by, created_at, updated_at, ...rest }): Job => ({
    ...rest,
    batchId: batch_id,
    reviewPriority: urgency,
    reviewedBy: reviewed_by,
    createdAt: created_at,
    updatedAt: updated_at,
  }))

const workColumns = z.object({
  key: z.string(),
  blob: z.string(),
  type_name: z.string(),
  type_file: z.string().nullable(),
  type_hash: z.string(),
  route: strategySchema,
  ocr: z.string(),
  vlm: z.string(),
  pipeline: z.string(),
  templates: z.string().nullable(),
  type_told: toldText,
})

/** The row with its type as one thing. */
function typed<R extends z.infer<typeof workColumns>>({
  type_name,
  type_file,
  type_hash,
  type_told: told,
  ...rest
}: R) {
  const type: TypeRef = typeRefSchema.parse({ name: type_name, file: type_file, hash: type_hash })
  return { ...rest, type, ...(told && { told }) }
}

const workRow = workColumns.transform((row): Work => typed(row))

const leaseRow = workColumns
  .extend({ token: z.string(), deaths: z.int().min(0), attempts: attemptsText })
  .transform(({ attempts, ...row }): Lease => ({ ...typed(row), attempts: attempts ?? [] }))

const correctionRow = z
  .object({
    job_id: z.string(),
    field: jsonPointerSchema,
    before: scalarText,
    after: scalarText,
    corrected_by: z.string(),
    corrected_at: z.string(),
  })
  .transform(({ job_id, corrected_by, corrected_at, ...rest }): Correction => ({
    ...rest,
    jobId: job_id,
    by: corrected_by,
    at: corrected_at,
  }))

const decisionRow = z
  .object({
    kind: decisionKindSchema,
    rejection: rejectionText,
    decided_by: z.string(),
    decided_at: z.iso.datetime(),
  })
  .transform(({ kind, rejection, decided_by, decided_at }): Decision => ({
    kind,
    rejection,
    by: decided_by,
    at: decided_at,
  }))

const keyRow = z
  .object({
    id: z.string(),
    tenant: z.string(),
    name: z.string(),
    role: roleSchema,
    hash: z.string(),
    created_at: z.iso.datetime(),
    revoked_at: z.iso.datetime().nullable(),
  })
  .transform(({ created_at, revoked_at, ...rest }): AccessKey => ({
    ...rest,
    createdAt: created_at,
    revokedAt: revoked_at,
  }))

const countRow = z.object({ status: z.string(), count: z.coerce.number().int().min(0) })

type Rows = { readonly [T in SealedTable]: Selectable<LedgerTables[T]> }

/** What a row says; null for a damaged one: torn, or another than was written. */
function sound<S extends z.ZodType, T extends SealedTable>(
  table: T,
  schema: S,
  row: Rows[T],
): z.infer<S> | null {
  if (!isSound(table, row as never)) return null
  const parsed = schema.safeParse(row)
  return parsed.success ? parsed.data : null
}

function orThrow<V>(value: V | null, damage: ParallaxError): V {
  if (value === null) throw damage
  return value
}

/** Null for a damaged one, as in all readers whose names begin so. */
export const soundBatch = (row: Rows['batches']): Batch | null => sound('batches', batchRow, row)

/** Rejects a damaged one with E_DAMAGED, which names it. */
export const readBatch = (row: Rows['batches']): Batch => orThrow(soundBatch(row), damagedBatch(row.id))

export const soundJob = (row: Rows['jobs']): Job | null => sound('jobs', jobRow, row)

/** A damaged one is a failed job with E_DAMAGED, and as much else as can be told. */
export const readJob = (row: Rows['jobs']): Job => soundJob(row) ?? failedJob(row)

const text = z.coerce.string()
const time = z.iso.datetime().catch(new Date(0).toISOString())
const tornJobRow = z.object({
  ...{ id: text, batch_id: text, tenant: text, file: text, key: text },
  position: z.int().min(0).catch(0),
  created_at: time,
  updated_at: time,
})

function failedJob(row: Rows['jobs']): Job {
  const { batch_id, created_at, updated_at, ...rest } = tornJobRow.parse(row)
  return {
    ...rest,
    batchId: batch_id,
    status: 'failed',
    error: damagedJob(rest.id).toReport(),
    reviewPriority: 0,
    reviewedBy: null,
    rejection: null,
    createdAt: created_at,
    updatedAt: updated_at,
  }
}

export const soundWork = (row: Rows['works']): Work | null => sound('works', workRow, row)

/** Null where it is not the work that is damaged but what was read of it, or how often that failed. */
export const soundLease = (row: Rows['works']): Lease | null =>
  row.attempts_seal === sealOfAttempts(row.key, row.attempts) ? sound('works', leaseRow, row) : null

export const soundResult = (row: Rows['results']): StoredResult | null =>
  sound('results', storedRow, row)?.result ?? null

/** Where the jobs of a key stand by its result. */
export const soundStanding = (row: Rows['results']): Pick<Job, 'status' | 'error'> | null =>
  sound('results', storedRow, row)

export const soundCorrection = (row: Rows['corrections']): Correction | null =>
  sound('corrections', correctionRow, row)

export const soundDecision = (row: Rows['decisions']): Decision | null => sound('decisions', decisionRow, row)

export const soundKey = (row: Rows['keys']): AccessKey | null => sound('keys', keyRow, row)

/** A damaged one counts as revoked, so that it opens nothing and still closes the door. */
export const readKey = (row: Rows['keys']): AccessKey => soundKey(row) ?? revokedKey(row)

const tornKeyRow = z.object({ id: text, tenant: text, name: text, created_at: time })

function revokedKey(row: Rows['keys']): AccessKey {
  const { created_at, ...rest } = tornKeyRow.parse(row)
  return { ...rest, role: 'submitter', hash: '', createdAt: created_at, revokedAt: created_at }
}

/** States that nobody knows are failures. */
export function readCount(row: { status: string; count: string | number | bigint }): {
  readonly status: JobStatus
  readonly count: number
} {
  const { status, count } = countRow.parse(row)
  return { status: jobStatusSchema.catch('failed').parse(status), count }
}
