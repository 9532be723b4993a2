import type { Flag } from '../core/extraction-result.ts'
import { otherClass, type ToldType } from '../core/told-type.ts'

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
