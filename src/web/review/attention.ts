import type { FormField, Review } from '../../contract/review.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import type { Flag } from '../../core/extraction-result.ts'
import type { Draft, Original } from './draft.ts'
import { cells, columnsOf, recordsOf } from './draft.ts'

/** Fields whose values are held against one another and do not fit. */
export interface Misfit {
  readonly fields: readonly FormField[]
}

/** The fields that ask for a look, those that do not fit together among them, and those that ask for none. */
export interface Parted {
  readonly uncertain: readonly FormField[]
  /** Each is one question. */
  readonly misfits: readonly Misfit[]
  readonly quiet: readonly FormField[]
}

export const isIn = (pointer: string, field: FormField): boolean =>
  pointer === field.pointer || (field.kind === 'list' && pointer.startsWith(`${field.pointer}/`))

const touches = (flag: Flag, field: FormField): boolean =>
  (flag.fields ?? []).some((pointer) => isIn(pointer, field))

/** Sums that have a part in common are one question. */
function misfitsIn(form: readonly FormField[], flags: readonly Flag[]): readonly Misfit[] {
  const groups = flags
    .map((flag) => form.filter((field) => touches(flag, field)))
    .filter((fields) => fields.length > 1)
    .reduce<readonly (readonly FormField[])[]>((known, fields) => {
      const [joined, apart] = [true, false].map((shares) =>
        known.filter((group) => group.some((field) => fields.includes(field)) === shares),
      )
      return [...apart!, [...joined!.flat(), ...fields]]
    }, [])
  return groups.map((group) => ({ fields: form.filter((field) => group.includes(field)) }))
}

/** Whether a flag is told by the question that its fields are, not by one of them. */
export const isOf = (flag: Flag, { fields }: Misfit): boolean =>
  fields.filter((field) => touches(flag, field)).length > 1

type Asking = Pick<Review, 'form' | 'uncertain'> & { readonly row: Pick<Review['row'], 'flags'> }

export function part({ form, uncertain, row: { flags } }: Asking): Parted {
  const misfits = misfitsIn(form, flags)
  const single = form.filter((field) => !misfits.some(({ fields }) => fields.includes(field)))
  const asks = (field: FormField): boolean => uncertain.some((pointer) => isIn(pointer, field))
  return { uncertain: single.filter(asks), misfits, quiet: single.filter((field) => !asks(field)) }
}

/** The fields in the order in which they stand on the page. */
export function inOrder(review: Asking): readonly FormField[] {
  const { uncertain, misfits, quiet } = part(review)
  return [...uncertain, ...misfits.flatMap(({ fields }) => fields), ...quiet]
}

/** Where Enter stops: the inputs of uncertain fields, from the top; of a doubtful list without doubtful cells its first. */
export function stops(review: Asking, original: Original, draft: Draft): readonly JsonPointer[] {
  const doubtful = new Set<string>(review.uncertain)
  const shown = cells({ ...original, form: inOrder(review) }, draft)
  const own = shown.map(({ pointer }) => pointer).filter((pointer) => doubtful.has(pointer))
  const lists = original.form
    .filter((field) => field.kind === 'list' && doubtful.has(field.pointer))
    .filter((field) => !own.some((pointer) => isIn(pointer, field)))
    .flatMap((field) => shown.find(({ pointer }) => isIn(pointer, field))?.pointer ?? [])
  const all = new Set([...own, ...lists])
  const order = new Map(shown.map(({ pointer }, i) => [pointer, i]))
  return [...all].sort((a, b) => order.get(a)! - order.get(b)!)
}

/** The stop after (or before) a field, which may be none itself; null past the end. */
export function stopBeside(
  all: readonly JsonPointer[],
  order: readonly JsonPointer[],
  from: JsonPointer | null,
  step: 1 | -1,
): JsonPointer | null {
  if (from === null) return (step > 0 ? all[0] : all.at(-1)) ?? null
  const place = order.indexOf(from)
  const beyond = all.filter((pointer) => Math.sign(order.indexOf(pointer) - place) === step)
  return (step > 0 ? beyond[0] : beyond.at(-1)) ?? null
}

/** Flags at the input that shows them; null for the document as a whole. */
export function flagsByPlace(
  flags: readonly Flag[],
  original: Original,
  draft: Draft,
): ReadonlyMap<JsonPointer | null, readonly Flag[]> {
  const inputs = new Set<string>(cells(original, draft).map(({ pointer }) => pointer))
  const placeOf = ({ field }: Flag): JsonPointer | null => {
    if (field === null || inputs.has(field)) return field
    return original.form.find((shown) => isIn(field, shown))?.pointer ?? null
  }
  const byPlace = new Map<JsonPointer | null, Flag[]>()
  for (const flag of flags) {
    const place = placeOf(flag)
    byPlace.set(place, [...(byPlace.get(place) ?? []), flag])
  }
  return byPlace
}

/** How people say where an input stands: "total", or "items 2 amount". */
export function spoken(original: Original, draft: Draft, pointer: JsonPointer): string {
  for (const field of original.form) {
    if (field.pointer === pointer) return field.label
    if (!isIn(pointer, field)) continue
    if (pointer === `${field.pointer}/-`) return field.label
    const record = recordsOf(original, draft, field.pointer).findIndex(
      (r) => pointer === r || pointer.startsWith(`${r}/`),
    )
    const column = columnsOf(field).find(({ pointer: p }) => pointer.endsWith(p.slice(p.indexOf('/*') + 2)))
    return `${field.label} ${record + 1} ${column?.label ?? ''}`.trim()
  }
  return pointer
}
