import { z } from 'zod'

const count = z.int().nonnegative()

/** The manifest of a model that is asked by a schema: what its network must be given, and how its answers are read. */
export const askerManifestSchema = z.object({
  task: z.literal('document-question-answering'),
  features: z.object({
    /** Characters seen of a word. */
    length: count.positive(),
    /** Of hashed n-grams; 0 is none. */
    buckets: count.positive(),
    /** N-grams of a word. */
    grams: count.positive(),
    offset: count,
    prime: count,
    /** White space from which what goes on in a line is something else, in heights of a line. */
    cellGap: z.number(),
    /** How far below a line the next one of a text may stand. */
    reach: z.number(),
  }),
  questions: z.object({
    /** Phrases of a question: the owner, then the others. */
    phrases: count.positive(),
    /** Words seen of a phrase. */
    words: count.positive(),
    types: z.array(z.string()).min(1),
    /** What is added to the number of a column's type. */
    columns: count.positive(),
    kinds: z.record(z.string(), count),
  }),
  decoding: z.object({
    /** Words that are read together. */
    longest: count.positive(),
    /** Places of a part of a page that are considered for a field. */
    candidates: count.positive(),
    /** Words of a value. */
    most: count.positive(),
    /** Probability from which a word begins a cell of a column. */
    cell: z.number(),
  }),
})
export type AskerManifest = z.infer<typeof askerManifestSchema>
