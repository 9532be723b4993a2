import type { Changes, FormField, Review } from '../../contract/review.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { getPointer } from '../../core/pointer.ts'
import { isIn, spoken } from './attention.ts'
import { changesOf, edit, untouched, type Draft, type Original } from './draft.ts'

/** A review as an editor begins with it. */
export const originalOf = ({ row: result, form }: Review): Original => ({
  data: result.data,
  form,
  printed: (pointer) => result.fields[pointer]?.text ?? null,
})

type Corrections = Review['corrections']

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
const since = (seen: Review, now: Review): Corrections => now.corrections.slice(seen.revision)
const isNumbered = (field: string): boolean => /\/(\d+|-)$/.test(field)

/** Whether a review is of the same reading, with the corrections that were seen and perhaps more. */
const continues = (seen: Review, now: Review): boolean =>
  same(seen.row.attempts, now.row.attempts) && same(seen.corrections, now.corrections.slice(0, seen.revision))

/** Whether nothing has changed since a review was seen. */
export const isCurrent = (seen: Review, now: Review): boolean =>
  continues(seen, now) && seen.revision === now.revision

const isNothing = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.values(value).every(isNothing))

/** Whether nothing was lost with a value, or with a record, which is told as JSON. */
function saysNothing(before: Corrections[number]['before']): boolean {
  if (typeof before !== 'string' || !before.startsWith('{')) return before === null
  try {
    return isNothing(JSON.parse(before))
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

/** Whether changes are all that was recorded since, but for empty records, which go, and what new records leave out, which is null. */
export function isRecorded(changes: Changes['changes'], seen: Review, now: Review): boolean {
  const made = since(seen, now)
  return (
    changes.length > 0 &&
    continues(seen, now) &&
    changes.every(({ field, value }, i) => made[i]?.field === field && made[i].after === value) &&
    made.slice(changes.length).every(({ before, after }) => after === null && saysNothing(before))
  )
}

/** Whether the numbers of a list's records may mean others by now. */
function isRenumbered(list: FormField, seen: Review, now: Review): boolean {
  const sizes = [seen, now].map(({ row: result }) => {
    const records = getPointer(result.data, list.pointer)
    return Array.isArray(records) ? records.length : 0
  })
  const renumbers = ({ field, after }: Corrections[number]): boolean =>
    isNumbered(field) && isIn(field, list) && (after === null || field.endsWith('/-'))
  return sizes[0] !== sizes[1] || since(seen, now).some(renumbers)
}

/** What of a draft means the same as before: all but what is in lists that were numbered anew. */
function kept(draft: Draft, moved: readonly FormField[], original: Original): Draft {
  const stays = (pointer: string): boolean => !moved.some((list) => isIn(pointer, list))
  const order = Object.fromEntries(Object.entries(draft.order).filter(([list]) => stays(list)))
  const records = { removed: draft.removed.filter(stays), added: draft.added.filter(stays), order }
  return (Object.entries(draft.edits) as [JsonPointer, string][])
    .filter(([pointer]) => stays(pointer))
    .reduce<Draft>((so, [pointer, text]) => edit(original, so, pointer, text), { edits: {}, ...records })
}

const pointersOf = ({ edits, removed, added, order }: Draft): readonly string[] => [
  ...Object.keys(order),
  ...Object.keys(edits),
  ...removed,
  ...added,
]

/** Names as people list them, not more than a few. */
function listed(names: readonly string[]): string {
  const all = [...new Set(names)]
  return all.length > 4 ? `${all.slice(0, 3).join(', ')} and more` : all.join(', ')
}

function changedBy(seen: Review, now: Review): string {
  const made = since(seen, now)
  const fields = made.map(({ field }) => spoken(originalOf(seen), untouched, field))
  return `${listed(made.map(({ by }) => by))} changed this document since you opened it: ${listed(fields)}.`
}

export interface CaughtUp {
  readonly draft: Draft
  /** What the person has to know of it. */
  readonly says: string
}

/** A draft of a review that was seen, on the document as it is now. */
export function catchUp(draft: Draft, seen: Review, now: Review): CaughtUp {
  if (!continues(seen, now))
    return {
      draft: untouched,
      says: 'This document was read anew since you opened it, so what you typed is gone: begin again.',
    }
  if (isRecorded(changesOf(originalOf(seen), draft), seen, now))
    return { draft: untouched, says: 'What you changed is saved.' }
  const lists = now.form.filter((field) => field.kind === 'list' && isRenumbered(field, seen, now))
  const left = kept(draft, lists, originalOf(now))
  const lost = lists.filter((list) => pointersOf(draft).some((pointer) => isIn(pointer, list)))
  const says = [
    changedBy(seen, now),
    ...lost.map(({ label }) => `What you changed in ${label} is gone, since other records stand there now.`),
    ...(pointersOf(left).length > 0
      ? [`What you typed${lost.length > 0 ? ' elsewhere' : ''} is still there.`]
      : []),
    'Look at it again, then accept.',
  ]
  return { draft: left, says: says.join(' ') }
}
