import type { JsonPointer, Scalar } from '../core/extraction.ts'
import type { ExtractionResult, ResultField } from '../core/extraction-result.ts'
import { isMissing, isSame } from '../values/same.ts'
import { countsOf, groupBy, part, partOf, type Part } from './counting.ts'

/** Codes that tell of output that did not parse, did not fit the schema, or had to be mended, and what each says. */
export const outputFaults: Readonly<Record<string, string>> = {
  OUTPUT_CUT: 'The model reached its limit or repeated itself, and was stopped.',
  OUTPUT_REPAIRED: 'The answer was not JSON alone, and was mended.',
  OUTPUT_RETRIED: 'Nothing could be made of the first answer, and the model was asked again.',
  INVALID_VALUE: 'A value that the schema refuses was taken out.',
  REQUIRED_MISSING: 'A value that the schema requires is not there.',
  E_SCHEMA_MISMATCH: 'The data as a whole does not fit the schema.',
  E_OUTPUT_TOO_LARGE: 'The answer was too long, or nested too deep.',
}

/** Codes of output that was kept from passing as a value, and what each says. */
export const safetyFaults: Readonly<Record<string, string>> = {
  UNSAFE_CHARACTERS: 'Invisible characters were taken out of a value.',
  UNSAFE_INSTRUCTION: 'A value that instructs rather than informs was dropped.',
  UNSAFE_LENGTH: 'A value longer than anything printed was dropped.',
  UNSAFE_REPETITION: 'A value that repeats itself was dropped.',
  E_UNSAFE_KEY: "A field was named like a part of every object, which could change the program's own.",
}

/** What can be told of results without a truth, and one figure more with it. A value counts where it is there. */
export interface Risk {
  readonly documents: number
  readonly accepted: Part
  readonly needsReview: Part
  readonly failed: Part
  /** Documents of route auto that a second path read. */
  readonly reprocessed: Part
  /** Flags by code. */
  readonly flags: Readonly<Record<string, number>>
  /** Documents that failed, by the code of their error. */
  readonly errors: Readonly<Record<string, number>>
  /** Values by whether another reader finds them on the page; `unknown` where none has looked. */
  readonly grounding: { readonly yes: number; readonly no: number; readonly unknown: number }
  /** Values that no other reader finds, of those that one looked for. */
  readonly hallucinated: Part
  /** Values where the truth says that nothing is printed, of the fields of which it says so; null without a truth. */
  readonly invented: Part | null
  /** Documents with one of the `outputFaults`. */
  readonly outputErrors: Part
  /** Documents with one of the `safetyFaults`. */
  readonly unsafe: Part
  /** Fields on which the paths agree, of those where both have a value. */
  readonly agreement: Part
}

/** What this needs of a truth: the values that count for a field; null says that nothing is printed. */
interface KnownResult {
  readonly result: ExtractionResult
  readonly truth: {
    readonly fields: Readonly<Record<JsonPointer, { readonly values: readonly Scalar[] }>>
  }
}

export const valuesOf = (result: ExtractionResult): readonly ResultField[] =>
  Object.values(result.fields).filter((field) => !isMissing(field))

/** Whether the paths agree on a value: as amounts or as texts; null where the other path has none. */
export function agrees(field: ResultField): boolean | null {
  const other = field.alternatives.find((a) => a.path !== field.path)
  if (!other || isMissing(field) || isMissing(other)) return null
  return isSame(typeof field.value === 'number' ? 'amount' : 'text', other, field.value)
}

/** Every code that a result tells of, of its flags and of what went wrong on either path. */
const codesOf = ({ flags, attempts, error }: ExtractionResult): readonly string[] => [
  ...flags.map(({ code }) => code),
  ...attempts.flatMap((attempt) => (attempt.error ? [attempt.error.code] : [])),
  ...(error ? [error.code] : []),
]

const withOneOf = (results: readonly ExtractionResult[], codes: Readonly<Record<string, string>>): Part =>
  partOf(results, (result) => codesOf(result).some((code) => Object.hasOwn(codes, code)))

function inventedIn(paired: readonly KnownResult[]): Part {
  const absent = paired.flatMap(({ result, truth }) =>
    Object.entries(truth.fields)
      .filter(([, { values }]) => values.includes(null))
      .map(([pointer]) => result.fields[pointer as JsonPointer]),
  )
  return partOf(absent, (field) => field !== undefined && !isMissing(field))
}

/** The figures of some results taken together; `paired` are those of them that have a truth. */
export function riskOf(results: readonly ExtractionResult[], paired: readonly KnownResult[] = []): Risk {
  const ended = (verdict: ExtractionResult['verdict']): Part =>
    partOf(results, (result) => result.verdict === verdict)
  const values = results.flatMap(valuesOf)
  const found = (grounded: boolean | null): number => values.filter((v) => v.grounded === grounded).length
  const [yes, no, unknown] = [found(true), found(false), found(null)]
  const agreed = values.map(agrees).filter((same) => same !== null)
  return {
    documents: results.length,
    accepted: ended('accepted'),
    needsReview: ended('needs_review'),
    failed: ended('failed'),
    reprocessed: partOf(results, ({ route, attempts }) => route === 'auto' && attempts.length > 1),
    flags: countsOf(results.flatMap(({ flags }) => flags.map(({ code }) => code))),
    errors: countsOf(results.flatMap(({ error }) => (error ? [error.code] : []))),
    grounding: { yes, no, unknown },
    hallucinated: part(no, yes + no),
    invented: paired.length === 0 ? null : inventedIn(paired),
    outputErrors: withOneOf(results, outputFaults),
    unsafe: withOneOf(results, safetyFaults),
    agreement: partOf(agreed, Boolean),
  }
}

/** Results of one document type that the same models read, in the same revisions. */
export type GroupRisk = Risk & { readonly documentType: string; readonly models: string }

/** The models of a result's attempts, joined; an attempt that failed names none. */
const modelsOf = ({ attempts }: ExtractionResult): string =>
  [...new Set(attempts.map(({ model }) => model).filter((model) => model !== ''))].join(' & ') || 'none'

/**
 * The figures of results by document type and by the models that read them, the largest group first. Under route auto the
 * documents that both paths read are those that the first left in doubt: groups are no comparison of models.
 */
export function risksOf(
  results: readonly ExtractionResult[],
  paired: readonly KnownResult[] = [],
): readonly GroupRisk[] {
  const keyOf = (result: ExtractionResult): string => JSON.stringify([result.documentType, modelsOf(result)])
  return [...groupBy(results, keyOf)]
    .map(([key, group]) => ({
      documentType: group[0]!.documentType,
      models: modelsOf(group[0]!),
      ...riskOf(
        group,
        paired.filter(({ result }) => keyOf(result) === key),
      ),
    }))
    .sort((a, b) => b.documents - a.documents)
}
