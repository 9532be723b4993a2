import { ParallaxError } from '../../core/errors.ts'
import type { JsonPointer, Scalar } from '../../core/extraction.ts'
import type { Correction } from '../../core/jobs.ts'
import { getPointer, pointerKeys, setPointer, toPointer } from '../../core/pointer.ts'
import type { ExtractionResult, ResultField } from '../../core/extraction-result.ts'

/**
 * A new value; null at the pointer of a record, such as `/items/2`, takes the record away. At `/items/-` the value is an
 * order: the places of all records that stay, such as `2 0 1`, in the order that they are to have.
 */
export interface Change {
  readonly field: JsonPointer
  readonly value: Scalar
}

/** A correction of a document that is at hand. */
type Made = Omit<Correction, 'jobId'>

type Fields = Map<JsonPointer, ResultField>

/** What corrections change of a result. */
export type Correctable = Pick<ExtractionResult, 'data' | 'fields' | 'flags'>

const isIndex = (key: string): boolean => /^\d+$/.test(key)

const isRemoval = ({ field, value }: Change): boolean => value === null && /\/\d+$/.test(field)

const isOrder = ({ field }: Change): boolean => field.endsWith('/-')

/** Whether a change writes a value, and moves nothing. */
const isValue = (change: Change): boolean => !isRemoval(change) && !isOrder(change)

/** What becomes of the places of a list's records. */
interface Rearranged {
  readonly gone: ReadonlySet<number>
  /** The places of those that stay, in their new order; null where they keep it. */
  readonly order: readonly number[] | null
}

/** By the pointer of their list. */
type Rearrangement = ReadonlyMap<string, Rearranged>

const orderIn = (value: Scalar): readonly number[] =>
  String(value)
    .split(' ')
    .map((place) => (isIndex(place) ? Number(place) : Number.NaN))

function rearrangedBy(changes: readonly Change[]): Rearrangement {
  const lists = new Map<string, { gone: Set<number>; order: readonly number[] | null }>()
  for (const change of changes.filter((one) => !isValue(one))) {
    const at = change.field.lastIndexOf('/')
    const list = change.field.slice(0, at)
    const known = lists.get(list) ?? { gone: new Set(), order: null }
    if (isOrder(change)) known.order = orderIn(change.value)
    else known.gone.add(Number(change.field.slice(at + 1)))
    lists.set(list, known)
  }
  return lists
}

/** Where a record stands afterwards; null for one that is gone. */
function placeAfter({ gone, order }: Rearranged, index: number): number | null {
  if (gone.has(index)) return null
  if (order) return order.includes(index) ? order.indexOf(index) : null
  return index - [...gone].filter((other) => other < index).length
}

/** Where a value stands once records are gone or moved; null for one that went with them. */
function renumbered(pointer: JsonPointer, rearrangement: Rearrangement): JsonPointer | null {
  if (rearrangement.size === 0) return pointer
  const keys = [...pointerKeys(pointer)]
  let list = ''
  for (const [i, key] of keys.entries()) {
    const rearranged = isIndex(key) ? rearrangement.get(list) : undefined
    list += toPointer([key])
    if (!rearranged) continue
    const place = placeAfter(rearranged, Number(key))
    if (place === null) return null
    keys[i] = String(place)
  }
  return toPointer(keys)
}

/** What to do with a change that has no place in the data. */
type Misplaced = (error: ParallaxError) => void

const refuse: Misplaced = (error) => {
  throw error
}
const passOver: Misplaced = () => {}

/** What of it is about records of the data. */
function placesIn(data: unknown, rearrangement: Rearrangement, misplaced: Misplaced): Rearrangement {
  const placed = [...rearrangement].map(([list, { gone, order }]) => {
    const records = getPointer(data, list)
    const places = Array.isArray(records) ? [...records.keys()] : []
    const absent = [...gone].find((index) => !places.includes(index))
    if (absent !== undefined)
      misplaced(new ParallaxError('E_BAD_REQUEST', `There is no ${list}/${absent} to take away.`))
    const left = places.filter((index) => !gone.has(index))
    const isWhole = order?.length === left.length && left.every((index) => order.includes(index))
    if (order && !isWhole)
      misplaced(
        new ParallaxError('E_BAD_REQUEST', `An order of ${list} names every record that stays, once.`),
      )
    return [
      list,
      { gone: new Set(places.filter((index) => gone.has(index))), order: isWhole ? order : null },
    ] as const
  })
  return new Map(placed)
}

/** Inner lists first, so that the numbers of outer ones still hold. */
function rearrange(data: Record<string, unknown>, rearrangement: Rearrangement): void {
  for (const [list, { gone, order }] of [...rearrangement].sort(([a], [b]) => b.length - a.length)) {
    if (gone.size === 0 && !order) continue
    const records = getPointer(data, list) as readonly unknown[]
    const left = order ?? [...records.keys()].filter((index) => !gone.has(index))
    setPointer(
      data,
      list,
      left.map((index) => records[index]),
    )
  }
}

const newField: Omit<ResultField, 'value' | 'text' | 'confidence'> = {
  certified: false,
  path: 'modular',
  grounded: null,
  alternatives: [],
  source: null,
}

/** A field as a person wrote it: its confidence is 1. */
const written = (before: ResultField | undefined, value: Scalar): ResultField => ({
  ...(before ?? newField),
  certified: false,
  value,
  text: value === null ? null : String(value),
  confidence: 1,
})

function withValue(fields: Fields, { field, value }: Change): void {
  for (const below of [...fields.keys()]) if (below.startsWith(`${field}/`)) fields.delete(below)
  fields.set(field, written(fields.get(field), value))
}

function rearrangedEntries<T>(
  entries: readonly (readonly [JsonPointer, T])[],
  rearrangement: Rearrangement,
): [JsonPointer, T][] {
  return entries.flatMap(([pointer, one]): [JsonPointer, T][] => {
    const place = renumbered(pointer, rearrangement)
    return place === null ? [] : [[place, one]]
  })
}

function setValue(data: Record<string, unknown>, fields: Fields, change: Change, misplaced: Misplaced): void {
  try {
    setPointer(data, change.field, change.value)
    withValue(fields, change)
  } catch (error) {
    if (!(error instanceof ParallaxError && error.code === 'E_BAD_REQUEST')) throw error
    misplaced(error)
  }
}

function apply(row: Correctable, changes: readonly Change[], misplaced: Misplaced): Correctable {
  const data = structuredClone(row.data ?? {}) as Record<string, unknown>
  const fields: Fields = new Map(Object.entries(row.fields) as [JsonPointer, ResultField][])
  for (const change of changes) if (isValue(change)) setValue(data, fields, change, misplaced)
  const moved = placesIn(data, rearrangedBy(changes), misplaced)
  rearrange(data, moved)
  const flags = row.flags.flatMap((flag) => {
    const field = flag.field === null ? null : renumbered(flag.field, moved)
    if (flag.field !== null && field === null) return []
    const fields = flag.fields?.flatMap((one) => renumbered(one, moved) ?? [])
    return [{ ...flag, field, ...(fields && { fields }) }]
  })
  const kept = rearrangedEntries([...fields], moved)
  return { data, fields: Object.fromEntries(kept), flags }
}

/**
 * A result with changes that a person makes at one time: values first, then records are taken away and put in order, all
 * numbered as they were before. Rejects with E_BAD_REQUEST what has no place in the data, and with E_UNSAFE_KEY.
 */
export const withChanges = (row: Correctable, changes: readonly Change[]): Correctable =>
  apply(row, changes, refuse)

/** Where the values that changes set stand once the changes are made. */
export const placesAfter = (changes: readonly Change[]): readonly JsonPointer[] =>
  changes.filter(isValue).flatMap(({ field }) => renumbered(field, rearrangedBy(changes)) ?? [])

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.values(value).every(isNothing))

/** The records of lists that say nothing at all; of those within one another the outer. */
export function emptyRecords(data: unknown, at = ''): readonly JsonPointer[] {
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data).flatMap(([key, value]: [string, unknown]) => {
    const pointer = `${at}${toPointer([key])}` as JsonPointer
    const isRecord = Array.isArray(data) && typeof value === 'object' && value !== null
    return isRecord && isNothing(value) ? [pointer] : emptyRecords(value, pointer)
  })
}

/** The changes that take records away. */
export const takingAway = (records: readonly JsonPointer[]): readonly Change[] =>
  records.map((field) => ({ field, value: null }))

/** Where values stand once these records are gone. */
export const placesWithout = (
  fields: readonly JsonPointer[],
  records: readonly JsonPointer[],
): readonly JsonPointer[] =>
  fields.flatMap((field) => renumbered(field, rearrangedBy(takingAway(records))) ?? [])

/** Corrections in the groups in which they were made; each group is numbered as the groups before it left the result. */
function rounds(corrections: readonly Made[]): readonly (readonly Change[])[] {
  const groups: { readonly of: string; readonly changes: Change[] }[] = []
  for (const { field, after, at, by } of corrections) {
    const of = JSON.stringify([at, by])
    if (groups.at(-1)?.of !== of) groups.push({ of, changes: [] })
    groups.at(-1)!.changes.push({ field, value: after })
  }
  return groups.map(({ changes }) => changes)
}

/**
 * The result with all that was corrected so far in its data and fields, and its flags where their values now stand. What two
 * people did to one record at the same time may have no place any more: it is passed over.
 */
export function corrected<R extends Correctable>(row: R, corrections: readonly Made[]): R {
  if (corrections.length === 0) return row
  const { data, fields, flags } = row
  const now = rounds(corrections).reduce<Correctable>((so, changes) => apply(so, changes, passOver), {
    data,
    fields,
    flags,
  })
  return { ...row, ...now }
}

/** The value that a read value was corrected to; undefined where its record was removed. */
export function valueAfter(
  field: JsonPointer,
  value: Scalar,
  corrections: readonly Made[],
): Scalar | undefined {
  let [at, now] = [field, value]
  for (const changes of rounds(corrections)) {
    const place = at
    const written = changes.findLast((change) => change.field === place)
    if (written) now = written.value
    if (changes.some((change) => isValue(change) && place.startsWith(`${change.field}/`))) return undefined
    const next = renumbered(place, rearrangedBy(changes))
    if (next === null) return undefined
    at = next
  }
  return now
}
