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
export interface Weighed {
  readonly path: ExtractionPath
  readonly field: Field
  readonly probability: number
  readonly grounded: boolean | null
}

/** All paths' readings of each field. */
export type Readings = ReadonlyMap<JsonPointer, readonly Weighed[]>

/** What the readings of one document are fused by. */
export interface Fusing {
  readonly specs: FieldSpecs
  readonly sums: readonly Sum[]
  /** Of each path. */
  readonly observations: readonly Observations[]
  readonly belief: Belief
}

/** Readings of one value: the surest stands for them. */
interface Claim {
  readonly value: Scalar
  readonly readings: readonly Weighed[]
  readonly probability: number
}

function claimsOf(pointer: JsonPointer, readings: readonly Weighed[], specs: FieldSpecs): readonly Claim[] {
  const spec = specOf(specs, pointer)
  const claims: Claim[] = []
  for (const reading of [...readings].sort((a, b) => b.probability - a.probability)) {
    const { value } = reading.field
    const isSame = (known: Claim): boolean =>
      known.value === value ||
      (value !== null && known.value !== null && isSameBy(spec, reading.field, known.value))
    const at = claims.findIndex(isSame)
    if (at < 0) claims.push({ value, readings: [reading], probability: reading.probability })
    else claims[at] = { ...claims[at]!, readings: [...claims[at]!.readings, reading] }
  }
  return claims
}

/** Claims exclude each other: where their probabilities say more than that, all are less likely for it. */
function exclusive(claims: readonly Claim[]): readonly Claim[] {
  const told = claims.reduce((sum, { probability }) => sum + probability, 0)
  return told <= 1 ? claims : claims.map((one) => ({ ...one, probability: one.probability / told }))
}

/** The readings with their claims' probabilities, the likeliest claim first. */
const ranked = (claims: readonly Claim[]): readonly Weighed[] =>
  [...claims]
    .sort((a, b) => b.probability - a.probability)
    .flatMap(({ readings, probability }) => readings.map((reading) => ({ ...reading, probability })))

const candidateOf = ({ value, readings, probability }: Claim): AmountCandidate => ({
  value: Number(value),
  probability,
  places: readings.flatMap(({ field: { source } }) => source ?? []),
})

const amountsOf = (claims: readonly Claim[]): AmountReadings => ({
  candidates: claims.filter(({ value }) => typeof value === 'number').map(candidateOf),
  absent: claims.find(({ value }) => value === null)?.probability ?? 0,
})

const nothing: Field = { value: null, text: null, confidence: 0, source: null }

/** That nothing is printed, where no path says so: as likely as such documents leave the field out, of what the claims leave. */
function withAbsent(claims: readonly Claim[], { absent }: SumField): readonly Claim[] {
  const [first] = claims.flatMap(({ readings }) => readings)
  if (!first || claims.some(({ value }) => value === null)) return claims
  const told = claims.reduce((sum, { probability }) => sum + probability, 0)
  const reading: Weighed = { path: first.path, field: nothing, grounded: null, probability: 0 }
  return [...claims, { value: null, readings: [reading], probability: Math.max(0, 1 - told) * absent }]
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
  claims: ReadonlyMap<JsonPointer, readonly Claim[]>,
  taken: Readings,
  { observations, belief }: Fusing,
): Readings {
  const fields = [sum.total, sum.first, ...sum.parts].flatMap((one) => {
    const known = claims.get(one.field)
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
      const judged = known.map((claim) => ({
        ...claim,
        probability: each.get(claim.value as number | null) ?? 0,
      }))
      const first = judged.filter((claim) => claim.value === value)
      const said = judged.filter(
        (claim) => !first.includes(claim) && claims.get(field)!.some((c) => c.value === claim.value),
      )
      return [field, [...ranked(first), ...ranked(said)]]
    }),
  )
}

/**
 * Of each field's readings the one to take first, all with the probability that they are right: claims of one field exclude
 * each other, and the amounts of a sum are judged as one (see `jointPosterior`).
 */
export function fuseFields(readings: Readings, fusing: Fusing): Readings {
  const claims = new Map(
    [...readings].map(
      ([pointer, list]) => [pointer, exclusive(claimsOf(pointer, list, fusing.specs))] as const,
    ),
  )
  const alone: Readings = new Map([...claims].map(([pointer, known]) => [pointer, ranked(known)]))
  return fusing.sums.reduce<Readings>(
    (fused, sum) => new Map([...fused, ...fuseSum(sum, claims, fused, fusing)]),
    alone,
  )
}
