import type { Belief } from '../amounts/belief.ts'
import { jointPosterior, type AmountCandidate, type AmountReadings } from '../amounts/joint.ts'
import { isOnePlace } from '../amounts/printed-place.ts'
import { paidIn } from '../amounts/paid.ts'
import type { ExtractionPath, Field, JsonPointer, Observations, Scalar } from '../core/extraction.ts'
import { specOf, type FieldSpecs } from '../core/field-spec.ts'
import { toPointer } from '../core/pointer.ts'
import type { Sum, SumField } from '../core/sum.ts'
import { isSameBy } from '../values/same.ts'

/** One path's reading of a field, and the probability that it is right. A null value says that nothing is printed. */
export interface ScoredReading {
  readonly path: ExtractionPath
  readonly field: Field
  readonly probability: number
  readonly grounded: boolean | null
}

/** All paths' readings of each field. */
export type Readings = ReadonlyMap<JsonPointer, readonly ScoredReading[]>

/** What the readings of one document are fused by. */
export interface Fusing {
  readonly specs: FieldSpecs
  readonly sums: readonly Sum[]
  /** Of each path. */
  readonly observations: readonly Observations[]
  readonly belief: Belief
}

/** Readings of one value: the surest stands for them. */
interface Hypothesis {
  readonly value: Scalar
  readonly readings: readonly ScoredReading[]
  readonly probability: number
}

function hypothesesOf(
  pointer: JsonPointer,
  readings: readonly ScoredReading[],
  specs: FieldSpecs,
): readonly Hypothesis[] {
  const spec = specOf(specs, pointer)
  const hypotheses: Hypothesis[] = []
  for (const reading of [...readings].sort((a, b) => b.probability - a.probability)) {
    const { value } = reading.field
    const isSame = (known: Hypothesis): boolean =>
      known.value === value ||
      (value !== null && known.value !== null && isSameBy(spec, reading.field, known.value))
    const at = hypotheses.findIndex(isSame)
    if (at < 0) hypotheses.push({ value, readings: [reading], probability: reading.probability })
    else hypotheses[at] = { ...hypotheses[at]!, readings: [...hypotheses[at]!.readings, reading] }
  }
  return hypotheses
}

/** Hypotheses exclude each other: where their probabilities say more than that, all are less likely for it. */
function exclusive(hypotheses: readonly Hypothesis[]): readonly Hypothesis[] {
  const told = hypotheses.reduce((sum, { probability }) => sum + probability, 0)
  return told <= 1 ? hypotheses : hypotheses.map((one) => ({ ...one, probability: one.probability / told }))
}

/** The readings with their hypotheses' probabilities, the likeliest hypothesis first. */
const ranked = (hypotheses: readonly Hypothesis[]): readonly ScoredReading[] =>
  [...hypotheses]
    .sort((a, b) => b.probability - a.probability)
    .flatMap(({ readings, probability }) => readings.map((reading) => ({ ...reading, probability })))

const candidateOf = ({ value, readings, probability }: Hypothesis): AmountCandidate => ({
  value: Number(value),
  probability,
  places: readings.flatMap(({ field: { source } }) => source ?? []),
})

const amountsOf = (hypotheses: readonly Hypothesis[]): AmountReadings => ({
  candidates: hypotheses.filter(({ value }) => typeof value === 'number').map(candidateOf),
  absent: hypotheses.find(({ value }) => value === null)?.probability ?? 0,
})

const nothing: Field = { value: null, text: null, confidence: 0, source: null }

/** That nothing is printed, where no path says so: as likely as such documents leave the field out, of what the hypotheses leave. */
function withAbsent(hypotheses: readonly Hypothesis[], { absent }: SumField): readonly Hypothesis[] {
  const [first] = hypotheses.flatMap(({ readings }) => readings)
  if (!first || hypotheses.some(({ value }) => value === null)) return hypotheses
  const told = hypotheses.reduce((sum, { probability }) => sum + probability, 0)
  const reading: ScoredReading = { path: first.path, field: nothing, grounded: null, probability: 0 }
  return [...hypotheses, { value: null, readings: [reading], probability: Math.max(0, 1 - told) * absent }]
}

/** The numbers of a column that were taken, in order; records without one are passed over. */
function column(readings: Readings, list: JsonPointer, key: string): readonly Field[] {
  const fields: Field[] = []
  const at = (i: number): JsonPointer => `${list}${toPointer([i, key])}`
  for (let i = 0; readings.has(at(i)); i++) {
    const field = readings.get(at(i))![0]!.field
    if (typeof field.value === 'number') fields.push(field)
  }
  return fields
}

const total = (fields: readonly Field[]): number =>
  Math.round(100 * fields.reduce((sum, { value }) => sum + Number(value), 0)) / 100

/** What the records of each table make; a sum that stands where they stand was made from them, and tells nothing new. */
const tablesIn = ({ tables = [] }: Sum, taken: Readings): ReadonlyMap<JsonPointer, number> =>
  new Map(
    tables.flatMap(({ records, amount, makes }) => {
      const cells = column(taken, records, amount)
      const own = (taken.get(makes) ?? []).flatMap(({ field: { source } }) => source ?? [])
      const isNew = ({ source }: Field): boolean => !source || !own.some((place) => isOnePlace(place, source))
      return cells.some(isNew) ? [[records, total(cells)] as const] : []
    }),
  )

/** The surest of what the paths say was paid. */
const paidBy = (observations: readonly Observations[]) =>
  observations.flatMap((one) => paidIn(one) ?? []).sort((a, b) => b.probability - a.probability)[0]

/** The amounts of a sum, each with the probability that the joint distribution gives it. */
function fuseSum(
  sum: Sum,
  hypotheses: ReadonlyMap<JsonPointer, readonly Hypothesis[]>,
  taken: Readings,
  { observations, belief }: Fusing,
): Readings {
  const fields = [sum.total, sum.first, ...sum.parts].flatMap((one) => {
    const known = hypotheses.get(one.field)
    return known ? [[one.field, withAbsent(known, one)] as const] : []
  })
  const lines = sum.lines ? column(taken, sum.lines.records, sum.lines.amount) : []
  const posterior = jointPosterior(
    sum,
    {
      fields: new Map(fields.map(([field, known]) => [field, amountsOf(known)])),
      lines: lines.length > 0 ? { sum: total(lines), count: lines.length } : undefined,
      paid: paidBy(observations),
      tables: tablesIn(sum, taken),
    },
    belief,
  )
  return new Map(
    fields.map(([field, known]) => {
      const { value, each } = posterior.fields.get(field)!
      const judged = known.map((hypothesis) => ({
        ...hypothesis,
        probability: each.get(hypothesis.value as number | null) ?? 0,
      }))
      const first = judged.filter((hypothesis) => hypothesis.value === value)
      const said = judged.filter(
        (hypothesis) =>
          !first.includes(hypothesis) && hypotheses.get(field)!.some((c) => c.value === hypothesis.value),
      )
      return [field, [...ranked(first), ...ranked(said)]]
    }),
  )
}

/**
 * Of each field's readings the one to take first, all with the probability that they are right: hypotheses of one field exclude
 * each other, and the amounts of a sum are judged as one (see `jointPosterior`).
 */
export function fuseFields(readings: Readings, fusing: Fusing): Readings {
  const hypotheses = new Map(
    [...readings].map(
      ([pointer, list]) => [pointer, exclusive(hypothesesOf(pointer, list, fusing.specs))] as const,
    ),
  )
  const alone: Readings = new Map([...hypotheses].map(([pointer, known]) => [pointer, ranked(known)]))
  return fusing.sums.reduce<Readings>(
    (fused, sum) => new Map([...fused, ...fuseSum(sum, hypotheses, fused, fusing)]),
    alone,
  )
}
