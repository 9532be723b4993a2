import { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'
import { submissionSchema } from '../contract/jobs.ts'

const filesSchema = z.object({ files: z.array(z.file()).describe('in any part with a file name') })

/** The form as the OpenAPI document shows it: fields and files. */
export const submissionForm = submissionSchema.extend(filesSchema.shape).meta({ id: 'Submission' })

/** Of a type that nobody has named yet; the name stands before those of fields that say little, such as `number`. */
const defaultName = 'document'

/** What is said of batches alone. */
const ofBatches = { callback: true, priority: true, name: true, reference: true, metadata: true } as const

/** The form of a document that its submitter waits for. */
export const extractionForm = submissionSchema
  .omit(ofBatches)
  .extend({ file: z.file() })
  .meta({ id: 'Extraction' })

/** The fields of a form with a JSON Schema that is tried on a document. */
const trialFields = z.strictObject({
  schema: z.string().describe('a JSON Schema, see PUT /v1/types/NAME'),
  name: z.string().max(200).default(defaultName).describe('what its type is to be called'),
})

export const trialForm = z.object({ ...trialFields.shape, file: z.file() }).meta({ id: 'SchemaTrial' })

const strictSubmission = z.strictObject(submissionSchema.shape)
const strictExtraction = strictSubmission.omit(ofBatches)

function parse<T>(schema: z.ZodType<T>, fields: Readonly<Record<string, string>>): T {
  const parsed = schema.safeParse({ ...fields })
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `The form cannot be used (${path.join('.') || 'fields'}: ${message}).`,
  )
}

/** The fields of a form that came in; E_BAD_REQUEST names one that cannot be used, or that nobody knows. */
export const parseSubmission = (fields: Readonly<Record<string, string>>) => parse(strictSubmission, fields)
export const parseExtraction = (fields: Readonly<Record<string, string>>) => parse(strictExtraction, fields)

export const parseTrial = (fields: Readonly<Record<string, string>>) => parse(trialFields, fields)

/** Forms are read as they come in, by `receive`; their schema is there to be shown. */
export const unchecked = () => (value: unknown) => ({ value })
