import { ParallaxError } from '../../core/errors.ts'
import type { JsonPointer, Scalar } from '../../core/extraction.ts'
import type { Correction } from '../../core/jobs.ts'
import { getPointer, pointerKeys, setPointer, toPointer } from '../../core/pointer.ts'
import type { ExtractionResult, ResultField } from '../../core/extraction-result.ts'

/** A new value; null at the pointer of a record, such as `/items/2`, takes the record away. */
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

/** Places of records that are taken away, by the pointer of their list. */
type Removed = ReadonlyMap<string, ReadonlySet<number>>

function removedBy(changes: readonly Change[]): Removed {
  const removed = new Map<string, Set<number>>()
  for (const { field } of changes.filter(isRemoval)) {
    const at = field.lastIndexOf('/')
    const list = field.slice(0, at)
    removed.set(list, (removed.get(list) ?? new Set()).add(Number(field.slice(at + 1))))
  }
  return removed
}

/** Where a value stands once records are gone; null for one that went with them. */
function renumbered(pointer: JsonPointer, removed: Removed): JsonPointer | null {
  if (removed.size === 0) return pointer
  const keys = [...pointerKeys(pointer)]
  let list = ''
  for (const [i, key] of keys.entries()) {
    const gone = isIndex(key) ? removed.get(list) : undefined
    list += toPointer([key])
    if (!gone) continue
    if (gone.has(Number(key))) return null
    keys[i] = String(Number(key) - [...gone].filter((index) => index < Number(key)).length)
  }
  return toPointer(keys)
}

/** What to do with a change that has no place in the data. */
type Misplaced = (error: ParallaxError) => void

const refuse: Misplaced = (error) => {
  throw error
}
const passOver: Misplaced = () => {}

/** The removals that name a record of the data. */
function placesIn(data: unknown, removed: Removed, misplaced: Misplaced): Removed {
  const placed = [...removed].map(([list, gone]) => {
    const records = getPointer(data, list)
    const isThere = (index: number): boolean => Array.isArray(records) && index < records.length
    const absent = [...gone].find((index) => !isThere(index))
    if (absent !== undefined)
      misplaced(new ParallaxError('E_BAD_REQUEST', `There is no ${list}/${absent} to take away.`))
    return [list, new Set([...gone].filter(isThere))] as const
  })
  return new Map(placed)
}

/** Inner lists first, so that the numbers of outer ones still hold. */
function removeRecords(data: Record<string, unknown>, removed: Removed): void {
  for (const [list, gone] of [...removed].sort(([a], [b]) => b.length - a.length)) {
    const records = getPointer(data, list) as readonly unknown[]
    if (gone.size > 0)
      setPointer(
        data,
        list,
        records.filter((_, index) => !gone.has(index)),
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

function withoutRecords<T>(
  entries: readonly (readonly [JsonPointer, T])[],
  removed: Removed,
): [JsonPointer, T][] {
  return entries.flatMap(([pointer, one]): [JsonPointer, T][] => {
    const place = renumbered(pointer, removed)
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
  for (const change of changes) if (!isRemoval(change)) setValue(data, fields, change, misplaced)
  const removed = placesIn(data, removedBy(changes), misplaced)
  removeRecords(data, removed)
  const flags = row.flags.flatMap((flag) => {
    const field = flag.field === null ? null : renumbered(flag.field, removed)
    return flag.field !== null && field === null ? [] : [{ ...flag, field }]
  })
  const kept = withoutRecords([...fields], removed)
  return { data, fields: Object.fromEntries(kept), flags }
}

/**
 * A result with changes that a person makes at one time: values first, then records are taken away, all numbered as they were
 * before. Rejects with E_BAD_REQUEST what has no place in the data, and with E_UNSAFE_KEY.
 */
export const withChanges = (row: Correctable, changes: readonly Change[]): Correctable =>
  apply(row, changes, refuse)

/** Where the values that changes set stand once the changes are made. */
export const placesAfter = (changes: readonly Change[]): readonly JsonPointer[] =>
  changes
    .filter((change) => !isRemoval(change))
    .flatMap(({ field }) => renumbered(field, removedBy(changes)) ?? [])

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
    if (changes.some((change) => !isRemoval(change) && place.startsWith(`${change.field}/`))) return undefined
    const next = renumbered(place, removedBy(changes))
    if (next === null) return undefined
    at = next
  }
  return now
}
