import type { FieldCandidates, Template } from '../core/document-type.ts'
import type { ExtractionPath, Field, JsonPointer } from '../core/extraction.ts'

/** One path's reading of a field, and the probability that it is right. */
export interface Weighed {
  readonly path: ExtractionPath
  readonly field: Field
  readonly probability: number
  readonly grounded: boolean | null
}

/** All paths' readings of each field. */
export type Readings = ReadonlyMap<JsonPointer, readonly Weighed[]>

/** From this probability on, a value that the other path did not find is better than none. */
const worthShowing = 0.4

/** Values before nothing, then the likeliest first; a value that is hardly right comes after nothing. */
function rank({ field, probability }: Weighed): number {
  if (field.value === null) return worthShowing
  return probability
}

const ranked = (readings: readonly Weighed[]): readonly Weighed[] =>
  [...readings].sort((a, b) => rank(b) - rank(a))

/** As the template sees them: a field's confidence is the probability that it is right. */
const asCandidates = (readings: Readings): FieldCandidates =>
  new Map(
    [...readings].map(([pointer, list]) => [
      pointer,
      list.map(({ field, probability }) => ({ ...field, confidence: probability })),
    ]),
  )

/** The readings with that first of which the template's first candidate was made. */
function preferred(list: readonly Weighed[], [first]: readonly Field[]): readonly Weighed[] {
  const chosen = list.find(({ field }) => field.value === first?.value)
  return chosen ? [chosen, ...list.filter((reading) => reading !== chosen)] : list
}

/**
 * Of each field's readings the one to take first: the likeliest, or those that confirm each other where the template
 * knows how values hang together.
 */
export function reconcile(readings: Readings, template: Template): Readings {
  const byRank = new Map([...readings].map(([pointer, list]) => [pointer, ranked(list)] as const))
  const agreed = template.prefer?.(asCandidates(byRank))
  if (!agreed) return byRank
  return new Map([...byRank].map(([pointer, list]) => [pointer, preferred(list, agreed.get(pointer) ?? [])]))
}
