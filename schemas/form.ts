import { z } from 'zod'
import { defineDocumentType, field, keyValues, template } from '../src/authoring.ts'

const words = z.string().min(1).nullable()

/** Any form: every caption that has a value beside or below it, as printed, from top to bottom. */
export const formSchema = z
  .object({
    entries: z.array(
      z.object({
        label: words.meta({ title: 'Label', ...field({ risk: 'low' }) }),
        value: words.meta({ title: 'Value', ...field({ risk: 'medium' }) }),
      }),
    ),
  })
  .meta({ title: 'Form' })

export type Form = z.infer<typeof formSchema>

export default defineDocumentType({
  name: 'form',
  schema: formSchema,
  required: [],
  rules: [],
  template: template({ '/entries': keyValues('label', 'value') }),
  prompt: 'A form that somebody has filled in: captions and their values.',
})
