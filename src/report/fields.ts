import type { JsonPointer } from '../core/extraction.ts'
import { patternOf } from '../core/field-spec.ts'
import type { Flag, ExtractionResult, ResultField } from '../core/extraction-result.ts'
import { groupBy, part, partOf, type Part } from '../trust/counting.ts'
import { agrees } from '../trust/risk.ts'
import { isMissing } from '../values/same.ts'
import { pathsRight, type Judged } from './judged-fields.ts'

/** How a field fared against the truth. */
export interface FieldTruth {
  /** Values that are right, of those that were emitted. */
  readonly precision: Part
  /** Values that are right, of those that are printed. */
  readonly recall: Part
  /** What each path has right, of the printed values where both have read; those that were not taken too. */
  readonly direct: Part
  readonly modular: Part
}

/** One field over all documents; the cells of a column of a list are one field. */
export interface FieldFigures {
  readonly documentType: string
  /** `patternOf` its pointers. */
  readonly field: string
  /** Values, of the places where one was looked for. */
  readonly emitted: Part
  /** Values without a flag, of the emitted ones. */
  readonly certain: Part
  readonly agreement: Part
  /** Values that another reader finds, of those that one looked for. */
  readonly grounded: Part
  /** Null where no truth knows the field. */
  readonly truth: FieldTruth | null
}

/** Whether a flag is about a field, or about what it is a part of. */
export const concerns = (flag: Flag, pointer: JsonPointer): boolean =>
  flag.field !== null && `${pointer}/`.startsWith(`${flag.field}/`)

interface Place {
  readonly result: ExtractionResult
  readonly pointer: JsonPointer
  readonly field: ResultField
}

const placesOf = (result: ExtractionResult): readonly Place[] =>
  Object.entries(result.fields).map(([pointer, field]) => ({
    result,
    pointer: pointer as JsonPointer,
    field,
  }))

export function fieldTruth(judged: readonly Judged[]): FieldTruth {
  const right = judged.filter((one) => one.right).length
  const both = judged.map(pathsRight).filter((paths) => paths !== null)
  return {
    precision: part(right, judged.filter(({ judgement }) => judgement.emitted).length),
    recall: part(right, judged.filter(({ judgement }) => judgement.inTruth).length),
    direct: partOf(both, ({ direct }) => direct),
    modular: partOf(both, ({ modular }) => modular),
  }
}

type Counted = Omit<FieldFigures, 'documentType' | 'field' | 'truth'>

function counted(places: readonly Place[]): Counted {
  const values = places.filter(({ field }) => !isMissing(field))
  const agreed = values.map(({ field }) => agrees(field)).filter((same) => same !== null)
  const looked = values.filter(({ field }) => field.grounded !== null)
  return {
    emitted: part(values.length, places.length),
    certain: partOf(values, ({ result, pointer }) => !result.flags.some((flag) => concerns(flag, pointer))),
    agreement: partOf(agreed, Boolean),
    grounded: partOf(looked, ({ field }) => field.grounded === true),
  }
}

const keyOf = (result: ExtractionResult, pointer: JsonPointer): string =>
  JSON.stringify([result.documentType, patternOf(pointer)])

/** Every field that was looked for, by document type, in the order in which results have them. */
export function fieldsOf(
  results: readonly ExtractionResult[],
  judged: readonly Judged[],
): readonly FieldFigures[] {
  const known = groupBy(judged, ({ result, judgement }) => keyOf(result, judgement.pointer))
  const places = groupBy(results.flatMap(placesOf), ({ result, pointer }) => keyOf(result, pointer))
  return [...places].map(([key, group]) => {
    const of = known.get(key)
    return {
      documentType: group[0]!.result.documentType,
      field: patternOf(group[0]!.pointer),
      ...counted(group),
      truth: of ? fieldTruth(of) : null,
    }
  })
}
