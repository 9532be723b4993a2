import type { Field, Fields, JsonPointer } from '../core/extraction.ts'
import { specOf, type FieldSpec, type FieldSpecs } from '../core/field-spec.ts'
import { pointerKeys, toPointer } from '../core/pointer.ts'
import { bestAssignment } from '../values/assignment.ts'
import { bestOrderedPairing } from '../values/ordered-pairing.ts'
import { isMissing, isSameBy } from '../values/same.ts'

/** The place of a value in a list: `/items/0/amount` is in record 0 of `/items`, under `/amount`. */
interface Place {
  readonly list: JsonPointer
  readonly index: number
  readonly rest: readonly string[]
}

function placeOf(pointer: JsonPointer): Place | null {
  const keys = pointerKeys(pointer)
  const at = keys.findIndex((key) => /^\d+$/.test(key))
  return at < 0
    ? null
    : { list: toPointer(keys.slice(0, at)), index: Number(keys[at]), rest: keys.slice(at + 1) }
}

const pointerOf = ({ list, index, rest }: Place): JsonPointer =>
  toPointer([...pointerKeys(list), index, ...rest])

type Cells = ReadonlyMap<JsonPointer, Field>

/** The values of each record of a list, by the pointers they would have in its first record. */
function recordsOf(fields: Fields, list: JsonPointer): readonly Cells[] {
  const records: Map<JsonPointer, Field>[] = []
  for (const [pointer, field] of Object.entries(fields) as [JsonPointer, Field][]) {
    const place = placeOf(pointer)
    if (place?.list !== list) continue
    const record = (records[place.index] ??= new Map<JsonPointer, Field>())
    record.set(pointerOf({ ...place, index: 0 }), field)
  }
  return Array.from(records, (record) => record ?? new Map())
}

const sameCells = (a: Cells, b: Cells, specFor: (pointer: JsonPointer) => FieldSpec): number =>
  [...a].filter(([pointer, field]) => {
    const other = b.get(pointer)
    if (!other || isMissing(field) || isMissing(other)) return false
    return isSameBy(specFor(pointer), field, other.value)
  }).length

/** Of lists no longer than this, every record is compared with every other, whatever their order. */
const COMPARED_WHOLE = 200
/**
 * In longer ones records keep the order in which they stand on the pages, and no more than so many places, beside what one
 * list has more than the other, lie between partners.
 */
const REACH = 50
/** Comparisons of records that may be made. */
const MOST_COMPARISONS = 4e6

/** Looks up the specs of the columns of a list once. */
function specsOfColumns(specs: FieldSpecs): (pointer: JsonPointer) => FieldSpec {
  const known = new Map<JsonPointer, FieldSpec>()
  return (pointer) => {
    const spec = known.get(pointer) ?? specOf(specs, pointer)
    known.set(pointer, spec)
    return spec
  }
}

/** Pairs records so that most values are the same; those far from their place count less. */
function pairsOf(
  own: readonly Cells[],
  base: readonly Cells[],
  specs: FieldSpecs,
): ReadonlyMap<number, number> {
  const specFor = specsOfColumns(specs)
  const gain = (i: number, j: number): number =>
    sameCells(own[i]!, base[j]!, specFor) - Math.min(0.5, 0.01 * Math.abs(i - j))
  if (Math.max(own.length, base.length) <= COMPARED_WHOLE) {
    const gains = own.map((_, i) => base.map((_, j) => gain(i, j)))
    return new Map(bestAssignment(gains).filter(([i, j]) => gains[i]![j]! > 0))
  }
  const affordable = Math.floor(MOST_COMPARISONS / (2 * own.length))
  const reach = Math.min(REACH + Math.abs(own.length - base.length), affordable)
  return new Map(bestOrderedPairing(own.length, base.length, reach, gain))
}

/**
 * Where the fields of one reading stand in another: records of lists are paired so that most of their values are
 * the same, and those without a partner are left out.
 */
export function alignment(
  fields: Fields,
  base: Fields,
  specs: FieldSpecs,
): ReadonlyMap<JsonPointer, JsonPointer> {
  const pairs = new Map<JsonPointer, ReadonlyMap<number, number>>()
  const aligned = new Map<JsonPointer, JsonPointer>()
  for (const pointer of Object.keys(fields) as JsonPointer[]) {
    const place = placeOf(pointer)
    if (!place) {
      aligned.set(pointer, pointer)
      continue
    }
    const { list } = place
    const own = pairs.get(list) ?? pairsOf(recordsOf(fields, list), recordsOf(base, list), specs)
    pairs.set(list, own)
    const index = own.get(place.index)
    if (index !== undefined) aligned.set(pointer, pointerOf({ ...place, index }))
  }
  return aligned
}
