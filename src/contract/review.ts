import { z } from 'zod'
import { decisionKindSchema, rejectionReasonSchema, rejectionSchema } from '../core/decision.ts'
import { fieldSchema, jsonPointerSchema } from '../core/extraction.ts'
import { riskSchema } from '../core/field-spec.ts'
import { boxSchema } from '../core/geometry.ts'
import { flagSchema, extractionResultSchema } from '../core/extraction-result.ts'
import { jobSchema } from './jobs.ts'

/** One input of the form that a person corrects a document in. */
export const formFieldSchema = z
  .object({
    pointer: jsonPointerSchema.describe('of a value, or of a list where `columns` is given'),
    label: z.string().describe('in words, for example "merchant name"'),
    kind: z.enum(['text', 'number', 'integer', 'date', 'time', 'boolean', 'choice', 'list']),
    choices: z.array(z.string()).describe('what a choice is made from; else empty'),
    required: z.boolean().describe('whether a document is never accepted without it'),
    risk: riskSchema,
    hint: z.string().nullable().describe('what the document type says of it'),
    get columns() {
      return z
        .array(formFieldSchema)
        .describe('of a list of records, pointers with * for the index; else empty')
    },
  })
  .meta({ id: 'FormField' })
export type FormField = z.infer<typeof formFieldSchema>

const correctionSchema = z
  .object({
    field: jsonPointerSchema,
    before: fieldSchema.shape.value,
    after: fieldSchema.shape.value,
    by: z.string(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'Correction' })

const decisionSchema = z
  .object({
    kind: decisionKindSchema,
    rejection: rejectionSchema.nullable(),
    by: z.string(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'Decision' })

const pageSizeSchema = z.object({
  page: z.int().min(1),
  width: z.int().min(1).describe('pixels of the picture that is served'),
  height: z.int().min(1),
})

/** What a person writes is for a document as they saw it. */
const revisionSchema = z
  .int()
  .min(0)
  .describe('how many corrections were recorded so far: E_CONFLICT where there are others by now')

/** All that a person needs to review a document. `row` has the corrections so far in its data and fields. */
export const reviewSchema = z
  .object({
    job: jobSchema,
    row: extractionResultSchema,
    uncertain: z.array(jsonPointerSchema).describe('fields that ask for a look, the most doubtful first'),
    form: z.array(formFieldSchema),
    corrections: z.array(correctionSchema),
    decisions: z.array(decisionSchema).describe('what people decided about it, the oldest first'),
    revision: revisionSchema,
    pages: z.array(pageSizeSchema),
  })
  .meta({ id: 'Review' })
export type Review = z.infer<typeof reviewSchema>

/** A document to look at, in whatever state it is; `row` is null until it was read, `pages` empty where none can be shown. */
export const documentSchema = reviewSchema
  .extend({ row: extractionResultSchema.nullable() })
  .meta({ id: 'Document' })
export type DocumentAnswer = z.infer<typeof documentSchema>

export const waitingSchema = z
  .object({ job: jobSchema, flags: z.array(flagSchema), documentType: z.string(), urgency: z.number() })
  .meta({ id: 'Waiting' })
export type Waiting = z.infer<typeof waitingSchema>
export const reviewQueueSchema = z
  .object({ items: z.array(waitingSchema), total: z.int().min(0) })
  .meta({ id: 'ReviewQueue' })
export type ReviewQueue = z.infer<typeof reviewQueueSchema>

export const nextRequestSchema = z.object({ not: z.string().max(100).optional() }).meta({ id: 'NextRequest' })
export const nextReviewSchema = z
  .object({ job: jobSchema.nullable(), waiting: z.int().min(0) })
  .meta({ id: 'NextReview' })
export type NextReview = z.infer<typeof nextReviewSchema>

/**
 * Null at the pointer of a record, such as /items/2, takes the record away. A text such as `2 0 1` at /items/- puts the
 * records that stay in that order, told by their places. All pointers are those before any of the changes.
 */
export const changesSchema = z
  .object({
    changes: z
      .array(z.object({ field: jsonPointerSchema, value: fieldSchema.shape.value }))
      .describe(
        'null at /items/2 takes that record away; "2 0 1" at /items/- puts the records that stay in this order',
      )
      .min(1)
      .max(1000),
    revision: revisionSchema,
  })
  .meta({ id: 'Changes' })
export type Changes = z.infer<typeof changesSchema>

/** Without a revision, changes are tried on the document as it stands. */
export const triedChangesSchema = changesSchema.partial({ revision: true }).meta({ id: 'TriedChanges' })

/** Without a revision, the document is ended as it stands. */
export const endRequestSchema = z.object({ revision: revisionSchema.optional() }).meta({ id: 'EndRequest' })

export const rejectRequestSchema = endRequestSchema
  .extend({
    reason: rejectionReasonSchema.nullable().default(null),
    note: rejectionSchema.shape.note.default(null).describe('anything else, in words'),
  })
  .meta({ id: 'RejectRequest' })

export const checkedSchema = z
  .object({
    problem: z.string().nullable().describe('what is wrong with the data as it would be'),
    flags: z.array(flagSchema),
  })
  .meta({ id: 'Checked' })
export type Checked = z.infer<typeof checkedSchema>

export const regionSchema = z
  .object({ page: z.int().min(1), box: boxSchema, field: jsonPointerSchema.optional() })
  .meta({ id: 'Region' })
/** What stands in a region, and as the value of the field that was asked about; null where it makes none. */
export const readRegionSchema = z
  .object({ text: z.string(), value: fieldSchema.shape.value })
  .meta({ id: 'ReadRegion' })
export type ReadRegion = z.infer<typeof readRegionSchema>
