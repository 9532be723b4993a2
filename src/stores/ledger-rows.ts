import type { Selectable } from 'kysely'
import { z } from 'zod'
import { roleSchema, type AccessKey } from '../core/access.ts'
import { errorReportSchema, ParallaxError } from '../core/errors.ts'
import { fieldSchema, jsonPointerSchema } from '../core/extraction.ts'
import { jobStatusSchema, typeRefSchema } from '../core/jobs.ts'
import type { Batch, Claim, Correction, Job, Result, TypeRef, Work } from '../core/jobs.ts'
import { attemptSchema } from '../core/judging.ts'
import { routeSchema, rowSchema } from '../core/row.ts'
import type { LedgerTables } from './ledger-tables.ts'

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
const resultText = jsonText.pipe(rowSchema.omit({ file: true }))

const batchRow = z
  .object({
    id: z.string(),
    tenant: z.string(),
    callback: z.string().nullable(),
    request: z.string().nullable(),
    priority: z.int(),
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
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .transform(({ batch_id, reviewed_by, created_at, updated_at, ...rest }): Job => ({
    ...rest,
    batchId: batch_id,
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
  route: routeSchema,
  ocr: z.string(),
  vlm: z.string(),
  pipeline: z.string(),
  templates: z.string().nullable(),
})

/** The row with its type as one thing. */
function typed<R extends z.infer<typeof workColumns>>({ type_name, type_file, type_hash, ...rest }: R) {
  const type: TypeRef = typeRefSchema.parse({ name: type_name, file: type_file, hash: type_hash })
  return { ...rest, type }
}

const workRow = workColumns.transform((row): Work => typed(row))

const claimRow = workColumns
  .extend({ token: z.string(), deaths: z.int().min(0), attempts: attemptsText })
  .transform(({ attempts, ...row }): Claim => ({ ...typed(row), attempts: attempts ?? [] }))

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

const standingRow = z.object({ status: jobStatusSchema, error: errorText })
const countRow = z.object({ status: jobStatusSchema, count: z.coerce.number().int().min(0) })

function read<S extends z.ZodType>(what: string, schema: S, row: unknown): z.infer<S> {
  const parsed = schema.safeParse(row)
  if (parsed.success) return parsed.data
  throw new ParallaxError(
    'E_STORAGE',
    `The job ledger holds a damaged ${what}. Restore the ledger from a backup, or submit the files again with a new data folder.`,
    { cause: parsed.error },
  )
}

export const readBatch = (row: Selectable<LedgerTables['batches']>): Batch => read('batch', batchRow, row)
/** A row of `jobs` as a job; rejects a damaged one with E_STORAGE, as all readers of this file do. */
export const readJob = (row: Selectable<LedgerTables['jobs']>): Job => read('job', jobRow, row)
export const readClaim = (row: Selectable<LedgerTables['works']>): Claim =>
  read('piece of work', claimRow, row)
export const readWork = (row: Selectable<LedgerTables['works']>): Work => read('piece of work', workRow, row)
export const readCorrection = (row: Selectable<LedgerTables['corrections']>): Correction =>
  read('correction', correctionRow, row)
export const readKey = (row: Selectable<LedgerTables['keys']>): AccessKey => read('key', keyRow, row)
export const readResult = (text: string): Result => read('result', resultText, text)
export const readStanding = (row: { status: string; error: string | null }): Pick<Job, 'status' | 'error'> =>
  read('result', standingRow, row)
export const readCount = (row: {
  status: string
  count: string | number | bigint
}): z.infer<typeof countRow> => read('job', countRow, row)
