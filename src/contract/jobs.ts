import { z } from 'zod'
import { defaultType } from '../core/document-type.ts'
import { rejectionSchema } from '../core/decision.ts'
import { errorReportSchema } from '../core/errors.ts'
import { jobStatusSchema } from '../core/jobs.ts'
import { metadataSchema, metadataText } from '../core/metadata.ts'
import { strategySchema, extractionResultSchema } from '../core/extraction-result.ts'
import { pageOf, pagingSchema } from './common.ts'

export const jobSchema = z
  .object({
    id: z.string(),
    batch: z.string(),
    position: z.int().min(0),
    file: z.string(),
    status: jobStatusSchema,
    error: errorReportSchema.nullable(),
    reviewedBy: z.string().nullable(),
    rejection: rejectionSchema.nullable().describe('why whoever rejected it did'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Job' })
export type JobAnswer = z.infer<typeof jobSchema>

/** A document in a list, with a few of its values where they were asked for. */
export const listedJobSchema = jobSchema
  .extend({
    summary: z
      .array(z.object({ label: z.string(), text: z.string() }))
      .nullable()
      .optional()
      .describe('what tells it from others, where it was asked for; null where there is nothing yet'),
  })
  .meta({ id: 'ListedJob' })
export type ListedJob = z.infer<typeof listedJobSchema>

export const jobPageSchema = pageOf('Jobs', listedJobSchema)
export type JobPage = z.infer<typeof jobPageSchema>

const searchSchema = z.string().trim().min(1).max(200)

export const jobQuerySchema = pagingSchema.extend({
  batch: z.string().max(100).optional(),
  status: jobStatusSchema.optional(),
  search: searchSchema.optional().describe('text in the name of the file'),
  summary: z.enum(['true', 'false']).default('false').describe('whether a few values of each are told'),
})

export const batchQuerySchema = pagingSchema.extend({
  search: searchSchema
    .optional()
    .describe('text in the name, reference or metadata of a batch, or in the name of one of its files'),
  status: jobStatusSchema.optional().describe('only batches with a document in this state'),
})

const noteSchema = z.string().trim().min(1).max(200).optional()

/** The fields of a multipart form that stand beside its files. */
export const submissionSchema = z.object({
  type: z
    .string()
    .max(200)
    .default(defaultType)
    .describe('name of a document type, or auto: each document is read as its words tell'),
  route: strategySchema.default('auto'),
  callback: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional()
    .describe('called when all documents have ended'),
  priority: z
    .enum(['normal', 'high'])
    .default('normal')
    .describe('high: read before the other documents of the same tenant'),
  name: noteSchema.describe('what people call the batch'),
  reference: noteSchema.describe('what the batch goes by elsewhere'),
  metadata: metadataText
    .optional()
    .describe('a JSON object of at most 50 values, 3 deep, that is told with every result'),
})
export type SubmissionForm = z.infer<typeof submissionSchema>

export const acceptedBatchSchema = z
  .object({ id: z.string(), jobs: z.array(z.object({ id: z.string(), file: z.string() })) })
  .meta({ id: 'AcceptedBatch' })
export type AcceptedBatch = z.infer<typeof acceptedBatchSchema>

const countsSchema = z.record(jobStatusSchema, z.int().min(0))

export const batchSchema = z
  .object({
    id: z.string(),
    createdAt: z.iso.datetime(),
    callback: z.string().nullable(),
    name: z.string().nullable(),
    reference: z.string().nullable(),
    metadata: metadataSchema.nullable(),
    total: z.int().min(0),
    counts: countsSchema,
    finished: z.boolean().describe('whether every document has ended or waits for a person'),
  })
  .meta({ id: 'Batch' })
export type BatchAnswer = z.infer<typeof batchSchema>

export const batchPageSchema = pageOf('Batches', batchSchema)
export type BatchPage = z.infer<typeof batchPageSchema>

export const resultAnswerSchema = extractionResultSchema.meta({ id: 'Row' })

export const columnNamesSchema = z.object({ items: z.array(z.string()) }).meta({ id: 'ColumnNames' })

/** Documents that a callback names at most. */
export const mostRejected = 100

const toldBatchSchema = batchSchema
  .extend({
    rejected: z
      .array(jobSchema.pick({ id: true, file: true, reviewedBy: true, rejection: true }))
      .describe(`documents that people have rejected, the first ${mostRejected}`),
  })
  .meta({ id: 'ToldBatch' })
export type ToldBatch = z.infer<typeof toldBatchSchema>

/** What is posted to a callback; signed as Standard Webhooks say. */
export const batchFinishedSchema = z
  .object({ type: z.literal('batch.finished'), timestamp: z.iso.datetime(), data: toldBatchSchema })
  .meta({ id: 'BatchFinished' })
export type BatchFinished = z.infer<typeof batchFinishedSchema>

/** What a submission may hold at most. */
export const limitsSchema = z
  .object({
    fileBytes: z.int().describe('of one file'),
    requestBytes: z.int().describe('of all files of one request'),
    files: z.int().describe('of one request'),
  })
  .meta({ id: 'Limits' })
export type Limits = z.infer<typeof limitsSchema>
