import type { JsonPointer } from '../core/extraction.ts'
import type { Flag, ExtractionResult, ResultField } from '../core/extraction-result.ts'

/** A field that asks for a look. */
export interface FieldToReview {
  readonly field: JsonPointer
  /** How likely what stands there is right, 0 to 1. */
  readonly confidence: number
}

type Read = Pick<ExtractionResult, 'fields' | 'flags'>

/** A value below this is as likely wrong as right. */
const hardlyRight = 0.5

/** The flag of a value that nothing speaks against but its own confidence. */
const isMereDoubt = ({ code }: Flag): boolean => code === 'E_LOW_CONFIDENCE'

/** Nothing is as likely right as what the other path read there is wrong; where no path read anything, a person must look. */
function certainty({ value, confidence, alternatives }: ResultField): number {
  if (value !== null) return confidence
  const read = alternatives.filter((other) => other.value !== null)
  return read.length === 0 ? 0 : 1 - Math.max(...read.map((other) => other.confidence))
}

/** What a flag is about. A list is not looked at as a whole: its doubtful values are, or else the most doubtful one. */
function concerned(field: JsonPointer, { fields }: Read): readonly FieldToReview[] {
  const own = fields[field]
  if (own) return [{ field, confidence: certainty(own) }]
  const below = (Object.entries(fields) as [JsonPointer, ResultField][])
    .filter(([pointer, { value }]) => pointer.startsWith(`${field}/`) && value !== null)
    .map(([pointer, { confidence }]): FieldToReview => ({ field: pointer, confidence }))
    .sort((a, b) => a.confidence - b.confidence)
  if (below.length === 0) return [{ field, confidence: 0 }]
  const doubtful = below.filter(({ confidence }) => confidence < hardlyRight)
  return doubtful.length > 0 ? doubtful : below.slice(0, 1)
}

const askedBy = (flags: readonly Flag[], row: Read): readonly FieldToReview[] =>
  flags
    .flatMap(({ field }) => (field === null ? [] : concerned(field, row)))
    .sort((a, b) => a.confidence - b.confidence)

/**
 * The fields that ask for a look, each once: those that something speaks against, then those that are merely uncertain;
 * the least certain first.
 */
export function fieldsToReview(row: Read): readonly FieldToReview[] {
  const objected = askedBy(
    row.flags.filter((flag) => !isMereDoubt(flag)),
    row,
  )
  const doubted = askedBy(row.flags.filter(isMereDoubt), row)
  const seen = new Map<JsonPointer, FieldToReview>()
  for (const one of [...objected, ...doubted]) if (!seen.has(one.field)) seen.set(one.field, one)
  return [...seen.values()]
}
