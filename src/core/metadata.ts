import { z } from 'zod'
import { isSafeKey } from './pointer.ts'

/** What submitters say of their documents: small, since it is kept, told and searched with each of them. */
const bounds = { depth: 3, values: 50, name: 100, text: 1000 } as const

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** Why it is too much, or nothing that JSON has; null where it is neither. `left` are the values that there may still be. */
function complaint(value: unknown, depth: number, left: { values: number }): string | null {
  if (--left.values < 0) return `has more than ${bounds.values} values`
  if (typeof value === 'string')
    return value.length > bounds.text ? `has a text of more than ${bounds.text} characters` : null
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return null
  if (typeof value !== 'object') return 'is not JSON'
  if (depth === 0) return `is more than ${bounds.depth} deep`
  for (const [name, one] of Object.entries(value)) {
    if (!isSafeKey(name)) return `has a value that is called "${name}"`
    if (name.length > bounds.name) return `has a name of more than ${bounds.name} characters`
    const wrong = complaint(one, depth - 1, left)
    if (wrong !== null) return wrong
  }
  return null
}

const problemOf = (value: unknown): string | null =>
  complaint(value, bounds.depth, { values: bounds.values + 1 })

/** A JSON object within bounds. */
export const metadataSchema = z.record(z.string(), z.custom<Json>()).superRefine((value, context) => {
  const message = problemOf(value)
  if (message !== null) context.addIssue({ code: 'custom', message })
})
export type Metadata = z.infer<typeof metadataSchema>

/** The same as the text of a form. */
export const metadataText = z
  .string()
  .max(4000)
  .transform((text, context): unknown => {
    try {
      const value: unknown = JSON.parse(text)
      // Before a record leaves out what it does not like the name of.
      const message = problemOf(value)
      if (message === null) return value
      context.addIssue({ code: 'custom', message })
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      context.addIssue({ code: 'custom', message: 'is not JSON' })
    }
    return z.NEVER
  })
  .pipe(metadataSchema)

/** What is said of the batch of a document. */
export const submissionNoteSchema = z.object({
  batch: z.string(),
  name: z.string().nullable(),
  reference: z.string().nullable(),
  metadata: metadataSchema.nullable(),
})
export type SubmissionNote = z.infer<typeof submissionNoteSchema>
