import type { JsonPointer, Scalar, Source } from '../core/extraction.ts'
import { fileOf } from '../core/part.ts'
import type { ExtractionResult, ResultField } from '../core/extraction-result.ts'
import { isMissing } from '../values/same.ts'
import type { Judged } from './judged-fields.ts'
import { concerns } from './fields.ts'

/** A value worth a look. */
export interface Entry {
  readonly file: string
  readonly pointer: JsonPointer
  readonly field: ResultField
  /** What is printed; null where no truth tells. */
  readonly truth: readonly Scalar[] | null
  /** What speaks against it, in sentences. */
  readonly flags: readonly string[]
  readonly source: Source | null
}

export interface Gallery {
  readonly kind: 'errors' | 'flagged'
  readonly entries: readonly Entry[]
  /** Those that were too many to show. */
  readonly leftOut: number
}

/** More is not looked at, and would make the file large. */
export const mostEntries = 60

const entryOf = (
  result: ExtractionResult,
  pointer: JsonPointer,
  field: ResultField,
  truth: Entry['truth'],
): Entry => ({
  file: fileOf(result),
  pointer,
  field,
  truth,
  flags: result.flags.filter((flag) => concerns(flag, pointer)).map(({ message }) => message),
  source: field.source,
})

const shortened = (kind: Gallery['kind'], entries: readonly Entry[]): Gallery => ({
  kind,
  entries: entries.slice(0, mostEntries),
  leftOut: Math.max(0, entries.length - mostEntries),
})

/** The wrong values, the most confident first: these would pass unseen. */
export function errorGallery(judged: readonly Judged[]): Gallery {
  const wrong = judged.flatMap(({ result, truth, judgement: { pointer, emitted }, field, right }) =>
    field && emitted && !right ? [entryOf(result, pointer, field, truth.fields[pointer]!.values)] : [],
  )
  return shortened(
    'errors',
    wrong.sort((a, b) => b.field.confidence - a.field.confidence),
  )
}

/** The fields that a flag names, the least confident first; those without a value last. */
export function flaggedGallery(results: readonly ExtractionResult[]): Gallery {
  const flagged = results.flatMap((result) =>
    Object.entries(result.fields)
      .filter(([pointer]) => result.flags.some((flag) => flag.field === pointer))
      .map(([pointer, field]) => entryOf(result, pointer as JsonPointer, field, null)),
  )
  const rank = ({ field }: Entry): number => (isMissing(field) ? Infinity : field.confidence)
  return shortened(
    'flagged',
    flagged.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))),
  )
}
