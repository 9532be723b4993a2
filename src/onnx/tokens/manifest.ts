import { z } from 'zod'

const count = z.int().nonnegative()

/** The manifest of a token tagger: what its network must be given, and what its numbers mean. */
export const taggerManifestSchema = z.object({
  /** `O`, then `B-LABEL` and `I-LABEL` for every label. */
  tags: z.array(z.string()).min(3),
  labels: z.object({
    values: z.array(z.string()).min(1),
    /** Captions that announce values. */
    keys: z.array(z.string()),
    /** Of the values, those that make records, such as the items of a receipt. */
    records: z.array(z.string()).optional(),
  }),
  features: z.object({
    alphabet: z.string().min(1),
    length: count,
    codes: z.object({ padding: count, unseen: count, first: count }),
    sizeRange: z.number(),
    gapRange: z.number(),
    leapRange: z.number(),
    placeRange: z.number(),
    rowRange: z.number(),
  }),
  /** Words of a pass, and between the first words of two passes. */
  windows: z.object({ size: count.positive(), stride: count.positive() }),
  decoding: z.object({
    /** Words after an entity's last one within which it may go on. */
    reach: count,
    /** Probability from which a word is a further candidate for a label. */
    candidate: z.number().min(0).max(1),
  }),
})
export type TaggerManifest = z.infer<typeof taggerManifestSchema>

/** The labels that make records. */
export const recordLabelsOf = ({ records = [] }: TaggerManifest['labels']): ReadonlySet<string> =>
  new Set(records)
