import { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'
import { hasModel, openModel } from './model-folder.ts'

const partSchema = z.string().regex(/^[a-z0-9-]+\/\d+$/, 'a part is named as receipt-tagger/1')

/** Which labels make a record of the type, and which amounts the records add up to. */
const recordLabelsSchema = z.object({
  description: z.string(),
  quantity: z.string(),
  unitPrice: z.string(),
  amount: z.string(),
  sums: z.object({
    subtotal: z.string(),
    /** Taken off the subtotal. */
    discount: z.string(),
    /** What may stand between subtotal and total. */
    extras: z.array(z.string()),
    total: z.string(),
  }),
})
export type RecordLabels = Readonly<z.infer<typeof recordLabelsSchema>>

/** How a network and the rules of a type become one tagger. */
const mergingSchema = z.object({
  records: recordLabelsSchema,
  /** Labels of which the network's entities count only where the rules have none. */
  rulesFirst: z.array(z.string()),
  /** What else the rules may see in the words of such an entity, so that it does not count even then. */
  contradictedBy: z.record(z.string(), z.enum(['anything', 'single values', 'several records'])),
})
export type Merging = Readonly<z.infer<typeof mergingSchema>>

const typeModelSchema = z.object({
  name: z.string(),
  version: z.string(),
  task: z.literal('document-type'),
  parts: z
    .object({ tagger: partSchema, direct: partSchema, calibration: partSchema })
    .partial()
    .refine((parts) => Object.keys(parts).length > 0, 'a model of a document type has parts'),
  merging: mergingSchema.optional(),
})

/** The models of one document type, measured together. */
export interface TypeModel {
  /** As `receipt/1`. */
  readonly id: string
  /** Each as a folder of `models/`. */
  readonly parts: Readonly<Partial<Record<'tagger' | 'direct' | 'calibration', string | undefined>>>
  /** Null where it has no tagger that is to be merged with rules. */
  readonly merging: Merging | null
}

/** Opens `models/NAME/VERSION` of a document type, as `receipt/1`; E_ENGINE where it, or one of its parts, cannot be used. */
export async function openTypeModel(id: string): Promise<TypeModel> {
  const parsed = typeModelSchema.safeParse((await openModel(id)).manifest)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new ParallaxError(
      'E_ENGINE',
      `The model ${id} is none of a document type that this version of Parallax can use (${path.join('.')}: ${message}).`,
    )
  }
  const { name, version, parts, merging = null } = parsed.data
  if (`${name}/${version}` !== id)
    throw new ParallaxError('E_ENGINE', `The folder of the model ${id} holds ${name}/${version}.`)
  for (const part of Object.values(parts)) {
    if (part === undefined || (await hasModel(part))) continue
    throw new ParallaxError('E_ENGINE', `The model ${id} is made of ${part}, and there is none.`)
  }
  return { id, parts, merging }
}
