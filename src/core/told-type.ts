import { z } from 'zod'
import type { Flag } from './extraction-result.ts'

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

/** Below this the type of a document is for a person to see. */
const leastSure = 0.9

const percent = (probability: number): string => `${Math.round(100 * probability)} %`

const listOf = ({ others }: ToldType): string =>
  others.map(({ name, probability }) => `${name} (${percent(probability)})`).join(', ')

/** Why the type of a document is in doubt; none where it is not. */
export function doubtsAboutType(told: ToldType, type: string): readonly Flag[] {
  const { probability, others } = told
  if (others[0]?.name === otherClass && others[0].probability > probability)
    return [
      {
        code: 'TYPE_UNKNOWN',
        field: null,
        message: `By its words the document is of no type that is known; it was read as "${type}". Submit it with its type, or teach that with parallax types learn.`,
      },
    ]
  if (probability >= leastSure) return []
  return [
    {
      code: 'TYPE_DOUBTFUL',
      field: null,
      message: `By its words the document is a "${type}" (${percent(probability)}), and may be: ${listOf(told)}.`,
    },
  ]
}
