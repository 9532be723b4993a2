import { z } from 'zod'

/** In the place of a document type: each document is read as what its words make it. */
export const anyType = 'auto'

const likelySchema = z.object({ name: z.string(), probability: z.number().min(0).max(1) })

export const toldTypeSchema = z.object({
  /** That the document is of the type that it was read as, 0 to 1. */
  probability: z.number().min(0).max(1),
  /** What else it may be, the likeliest first; `other` for none of the types that are known. */
  others: z.array(likelySchema),
})
/** How sure it is of which type a document is, where nobody said. */
export type ToldType = Readonly<z.infer<typeof toldTypeSchema>>

/** The class of documents of no type that is known. */
export const otherClass = 'other'
