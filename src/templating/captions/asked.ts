import type { JsonPointer } from '../../core/extraction.ts'
import { findingOf } from '../entity.ts'
import type { FillContext, Finding } from '../rule.ts'
import type { Question } from './question.ts'

/** From here on what a model answers counts before what captions say. */
const sure = 0.3
/** Below, it is no answer. */
const least = 0.1

/** What a model that was asked for a field answered: entities under the field's pointer that can be read as its values are. */
export const answered = (
  { pointer, parse }: { readonly pointer: JsonPointer } & Pick<Question, 'parse'>,
  context: FillContext,
): readonly Finding[] =>
  context.entities
    .filter(({ label, confidence }) => label === pointer && confidence >= least)
    .flatMap((entity) => findingOf(entity, parse, context))

/** A model's sure answers, then what stands beside captions, then what the model is not sure of; each value once. */
export function together(byModel: readonly Finding[], byCaptions: readonly Finding[]): readonly Finding[] {
  const isSure = byModel[0] !== undefined && byModel[0].confidence >= sure
  const ordered = isSure ? [...byModel, ...byCaptions] : [...byCaptions, ...byModel]
  return ordered.filter((one, i) => ordered.findIndex(({ value }) => value === one.value) === i)
}
