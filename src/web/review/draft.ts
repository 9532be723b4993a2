import type { Changes, FormField } from '../../contract/review.ts'
import type { JsonPointer, Scalar } from '../../core/extraction.ts'
import { getPointer } from '../../core/pointer.ts'
import { readText, textOf } from './value-text.ts'

/**
 * What a person changed of a document. Pointers are those of the document as it was opened: records that were taken away
 * keep their place, and new ones come after the last.
 */
export interface Draft {
  /** Texts as they stand in the inputs. */
  readonly edits: Readonly<Record<JsonPointer, string>>
  /** Pointers of records that were taken away. */
  readonly removed: readonly JsonPointer[]
  /** Pointers of new records. */
  readonly added: readonly JsonPointer[]
  /** All records of a list, removed ones too, in the order in which they are shown; none where nobody has moved any. */
  readonly order: Readonly<Record<JsonPointer, readonly JsonPointer[]>>
}

export const untouched: Draft = { edits: {}, removed: [], added: [], order: {} }

/** What the draft is of: the data, and how it is shown. */
export interface Original {
  readonly data: unknown
  readonly form: readonly FormField[]
  /** The text of a value as it was printed. */
  printed(pointer: JsonPointer): string | null
}

const scalarAt = (data: unknown, pointer: JsonPointer): Scalar => {
  const value = getPointer(data, pointer)
  return typeof value === 'object' || value === undefined ? null : (value as Scalar)
}

const originalText = ({ data, printed }: Original, pointer: JsonPointer): string =>
  textOf(scalarAt(data, pointer), printed(pointer))

export const textAt = (original: Original, draft: Draft, pointer: JsonPointer): string =>
  draft.edits[pointer] ?? originalText(original, pointer)

export const isEdited = (draft: Draft, pointer: JsonPointer): boolean => draft.edits[pointer] !== undefined

/** Writes into an input; what was there at first is no edit. */
export function edit(original: Original, draft: Draft, pointer: JsonPointer, text: string): Draft {
  const { [pointer]: _old, ...others } = draft.edits
  return {
    ...draft,
    edits: text === originalText(original, pointer) ? others : { ...others, [pointer]: text },
  }
}

/** The records of a list as they are shown. */
export function recordsOf({ data }: Original, draft: Draft, list: JsonPointer): readonly JsonPointer[] {
  const found = getPointer(data, list)
  const own = Array.isArray(found) ? found.map((_, i): JsonPointer => `${list}/${i}`) : []
  return draft.order[list] ?? [...own, ...draft.added.filter((record) => listOf(record) === list)]
}

const listOf = (record: JsonPointer): JsonPointer => record.slice(0, record.lastIndexOf('/')) as JsonPointer
const indexOf = (record: JsonPointer): number => Number(record.slice(record.lastIndexOf('/') + 1))
const isWithin = (pointer: string, record: string): boolean =>
  pointer === record || pointer.startsWith(`${record}/`)

/** The pointer that the next new record of a list has. */
export function nextRecord(original: Original, draft: Draft, list: JsonPointer): JsonPointer {
  const places = recordsOf(original, draft, list).map(indexOf)
  return `${list}/${Math.max(-1, ...places) + 1}`
}

/** A new record, below another one or at the end. */
export function addRecord(
  original: Original,
  draft: Draft,
  list: JsonPointer,
  below: JsonPointer | null = null,
): Draft {
  const record = nextRecord(original, draft, list)
  const shown = recordsOf(original, draft, list)
  const added = [...draft.added, record]
  if (below === null && !draft.order[list]) return { ...draft, added }
  const at = below === null ? shown.length : shown.indexOf(below) + 1
  return { ...draft, added, order: { ...draft.order, [list]: shown.toSpliced(at, 0, record) } }
}

/** Puts a record one place further up or down among those that are there; at the end of its list it stays. */
export function moveRecord(original: Original, draft: Draft, record: JsonPointer, step: 1 | -1): Draft {
  const list = listOf(record)
  const shown = recordsOf(original, draft, list)
  const at = shown.indexOf(record)
  const beyond = step > 0 ? shown.slice(at + 1) : shown.slice(0, at).toReversed()
  const other = beyond.find((one) => !draft.removed.includes(one))
  if (other === undefined) return draft
  const rest = shown.filter((one) => one !== record)
  const to = rest.indexOf(other) + (step > 0 ? 1 : 0)
  return { ...draft, order: { ...draft.order, [list]: rest.toSpliced(to, 0, record) } }
}

/** Takes a record away: a new one is gone, one of the document can be put back. */
export function removeRecord(draft: Draft, record: JsonPointer): Draft {
  if (!draft.added.includes(record)) return { ...draft, removed: [...draft.removed, record] }
  const edits = Object.fromEntries(Object.entries(draft.edits).filter(([p]) => !isWithin(p, record)))
  const list = listOf(record)
  const order = draft.order[list]?.filter((other) => other !== record)
  return {
    ...draft,
    edits,
    added: draft.added.filter((other) => other !== record),
    order: order ? { ...draft.order, [list]: order } : draft.order,
  }
}

export const putBack = (draft: Draft, record: JsonPointer): Draft => ({
  ...draft,
  removed: draft.removed.filter((other) => other !== record),
})

/** The pointer of a column, in one record. */
export const cellOf = (column: FormField, record: JsonPointer): JsonPointer => {
  const star = column.pointer.indexOf('/*')
  return `${record}${column.pointer.slice(star + 2)}` as JsonPointer
}

/** The columns of a list; a list of plain values has one. */
export const columnsOf = (list: FormField): readonly FormField[] =>
  list.columns.length > 0
    ? list.columns
    : [{ ...list, pointer: `${list.pointer}/*`, kind: 'text', columns: [], hint: null }]

/** Every field of the form that holds a value, with its pointer in the document. */
export function cells(
  original: Original,
  draft: Draft,
): readonly { pointer: JsonPointer; field: FormField }[] {
  return original.form.flatMap((field) => {
    if (field.kind !== 'list') return [{ pointer: field.pointer, field }]
    return recordsOf(original, draft, field.pointer).flatMap((record) =>
      columnsOf(field).map((column) => ({ pointer: cellOf(column, record), field: column })),
    )
  })
}

/** What is wrong with the texts themselves, by field. */
export function misspelt(original: Original, draft: Draft): ReadonlyMap<JsonPointer, string> {
  const problems = new Map<JsonPointer, string>()
  for (const { pointer, field } of cells(original, draft)) {
    const text = draft.edits[pointer]
    if (text === undefined || draft.removed.some((record) => isWithin(pointer, record))) continue
    const read = readText(field.kind, text)
    if (!read.ok) problems.set(pointer, read.problem)
  }
  return problems
}

type Change = Changes['changes'][number]

/** New records as they are shown, without gaps: one that was taken away again, or says nothing, leaves none. */
function renumbered(original: Original, draft: Draft): ReadonlyMap<string, JsonPointer> {
  const says = (record: JsonPointer): boolean =>
    Object.entries(draft.edits).some(([p, text]) => isWithin(p, record) && text.trim() !== '')
  const placesIn = (list: JsonPointer): (readonly [string, JsonPointer])[] => {
    const found = getPointer(original.data, list)
    const first = Array.isArray(found) ? found.length : 0
    return recordsOf(original, draft, list)
      .filter((record) => draft.added.includes(record) && says(record))
      .map((record, i) => [record, `${list}/${first + i}`])
  }
  return new Map([...new Set(draft.added.map(listOf))].flatMap(placesIn))
}

/**
 * The draft as the service takes it: values first, then the records that go, the last first, then how lists are put in
 * order. Texts that say no value are left out.
 */
export function changesOf(original: Original, draft: Draft): Change[] {
  const places = renumbered(original, draft)
  const values = cells(original, draft).flatMap(({ pointer, field }): Change[] => {
    const text = draft.edits[pointer]
    if (text === undefined || draft.removed.some((record) => isWithin(pointer, record))) return []
    const read = readText(field.kind, text)
    const record = draft.added.find((key) => isWithin(pointer, key))
    if (record !== undefined && !places.has(record)) return []
    const place = record === undefined ? pointer : `${places.get(record)!}${pointer.slice(record.length)}`
    return read.ok ? [{ field: place as JsonPointer, value: read.value }] : []
  })
  const gone = [...draft.removed].sort((a, b) => indexOf(b) - indexOf(a))
  return [
    ...values,
    ...gone.map((field): Change => ({ field, value: null })),
    ...ordersOf(original, draft, places),
  ]
}

/** The orders that differ from that of the places, as the service takes them. */
function ordersOf(original: Original, draft: Draft, places: ReadonlyMap<string, JsonPointer>): Change[] {
  return (Object.keys(draft.order) as JsonPointer[]).flatMap((list): Change[] => {
    const order = recordsOf(original, draft, list)
      .filter((record) => !draft.removed.includes(record))
      .flatMap((record) => (draft.added.includes(record) ? (places.get(record) ?? []) : record))
      .map(indexOf)
    const isAsItWas = order.every((place, i) => i === 0 || order[i - 1]! < place)
    return isAsItWas ? [] : [{ field: `${list}/-`, value: order.join(' ') }]
  })
}
