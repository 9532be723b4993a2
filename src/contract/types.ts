import { z } from 'zod'
import { fieldSchema, jsonPointerSchema } from '../core/extraction.ts'

const jsonSchemaSchema = z.record(z.string(), z.unknown())

/** A JSON Schema of which somebody makes a type; whether it can be one is found out where it is loaded. */
export const newTypeSchema = jsonSchemaSchema.describe(
  'a JSON Schema (draft 2020-12) whose root is an object with properties',
)

export const documentTypeSchema = z
  .object({
    name: z.string(),
    builtIn: z.boolean().describe('whether Parallax comes with it'),
    version: z.int().min(1).nullable().describe('the version in use, from 1; null for a built-in type'),
    jsonSchema: jsonSchemaSchema,
  })
  .meta({ id: 'DocumentType' })
export type DocumentTypeAnswer = z.infer<typeof documentTypeSchema>

export const documentTypesSchema = z
  .object({ items: z.array(documentTypeSchema) })
  .meta({ id: 'DocumentTypes' })

const scalar = fieldSchema.shape.value

/** What a field of a JSON Schema finds on a document, and what would have helped it. */
export const triedFieldSchema = z
  .object({
    pointer: jsonPointerSchema,
    asked: z.array(z.string()).describe('in which words it is asked for, the first of which count most'),
    value: scalar,
    text: z.string().nullable().describe('as printed'),
    confidence: z.number().describe('0 to 1; no probability that it is right'),
    page: z.int().nullable(),
    caption: z.string().nullable().describe('what stands by the value; null where nothing does'),
    second: z
      .object({ value: scalar, confidence: z.number(), caption: z.string().nullable() })
      .nullable()
      .describe('the next likely value'),
    hints: z
      .array(z.string())
      .describe('captions of the page that lead to a value once they stand in x-captions'),
  })
  .meta({ id: 'TriedField' })
export type TriedFieldAnswer = z.infer<typeof triedFieldSchema>

export const typeTrialSchema = z.object({ items: z.array(triedFieldSchema) }).meta({ id: 'TypeTrial' })
export type TypeTrial = z.infer<typeof typeTrialSchema>
