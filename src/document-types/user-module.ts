import { createJiti } from 'jiti'
import * as zod from 'zod'
import { z } from 'zod'
import type { DeclaredType, EmbeddedReader, Template } from '../core/document-type.ts'
import type { Labeller } from '../core/engines.ts'
import { ParallaxError } from '../core/errors.ts'
import * as authoring from '../authoring.ts'

const documentTypeSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name is lower-case letters, digits and hyphens'),
  schema: z.custom<z.ZodType>(
    (s) => typeof (s as z.ZodType | undefined)?.safeParse === 'function',
    'schema must be a Zod schema',
  ),
  required: z.array(z.string().startsWith('/')).default([]),
  template: z
    .custom<Template>(
      (t) => typeof (t as Template | undefined)?.fill === 'function',
      'template must be made by template(…)',
    )
    .optional(),
  embedded: z
    .custom<EmbeddedReader>(
      (e) => typeof (e as EmbeddedReader | undefined)?.read === 'function',
      'embedded must be a reader such as eInvoice',
    )
    .optional(),
  rules: z.array(z.custom((f) => typeof f === 'function')).default([]),
  labellers: z
    .array(
      z.custom<Labeller>(
        (l) =>
          typeof (l as Labeller | undefined)?.label === 'function' && Array.isArray((l as Labeller).labels),
        'a labeller has labels and a function label',
      ),
    )
    .optional(),
  model: z
    .string()
    .regex(/^[a-z0-9-]+\/\d+$/, 'a model is named as receipt/1')
    .optional(),
  prompt: z.string().optional(),
})

async function importFile(file: string): Promise<unknown> {
  const jiti = createJiti(import.meta.url, {
    // A type file may lie anywhere, where neither package is installed.
    virtualModules: { parallax: authoring, zod },
    fsCache: false,
    moduleCache: false,
  })
  try {
    return await jiti.import(file, { default: true })
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new ParallaxError('E_TYPE_INVALID', `The type file ${file} cannot be loaded: ${why}`)
  }
}

/** The document type that a user's TypeScript or JavaScript file exports as default. */
export async function loadUserModule(file: string): Promise<DeclaredType<unknown>> {
  const parsed = documentTypeSchema.safeParse(await importFile(file))
  if (parsed.success) return parsed.data as unknown as DeclaredType<unknown>
  const why = parsed.error.issues
    .map((i) => `${i.path.join('.') || 'export default'}: ${i.message}`)
    .join('; ')
  throw new ParallaxError(
    'E_TYPE_INVALID',
    `The type file ${file} does not export a document type by default (${why}).`,
  )
}
