import { readFileSync } from 'node:fs'
import { z } from 'zod'

const labelsSchema = z.object({
  /** What the network gives, in the order in which it was trained. */
  tagged: z.array(z.string()),
  /** Of these, what captions announce, which it labels too. */
  announced: z.array(z.string()),
  /** What the labeller gives. */
  byRules: z.array(z.string()),
  /** The label of a field. */
  fields: z.record(z.string(), z.string()),
  /** The label of a column of the items. */
  itemParts: z.record(z.string(), z.string()),
})

/** The labels of receipts; training reads the same file. */
export const receiptLabels = labelsSchema.parse(
  JSON.parse(readFileSync(new URL('labels.json', import.meta.url), 'utf8')),
)
