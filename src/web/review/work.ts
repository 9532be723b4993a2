import { createContext, useContext } from 'react'
import type { FormField, Review } from '../../contract/review.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import type { Flag, ResultField } from '../../core/extraction-result.ts'
import type { Misfit } from './attention.ts'
import { certaintyOf, type Certainty } from './certainty.ts'
import { isEdited, textAt } from './draft.ts'
import { readingsOf, type Reading } from './readings.ts'
import type { Editor } from './use-editor.ts'

/** What every part of the workbench sees of the review at hand. */
export interface Work {
  readonly review: Review
  /** Whether the document is looked at only. */
  readonly readOnly: boolean
  readonly editor: Editor
  /** By the field that shows them; null for the document. */
  readonly flags: ReadonlyMap<JsonPointer | null, readonly Flag[]>
  /** Fields that did not fit together when the document was opened, with what is still said of them. */
  readonly misfits: readonly (Misfit & { readonly flags: readonly Flag[] })[]
  /** What the service says is wrong with the whole. */
  readonly problem: string | null
  /** Fields where Enter stops. */
  readonly stops: readonly JsonPointer[]
  /** The field that was focused last. */
  readonly active: JsonPointer | null
  readonly hovered: JsonPointer | null
  /** Fields that somebody has been at. */
  readonly seen: ReadonlySet<JsonPointer>
  setActive(pointer: JsonPointer): void
  setHovered(pointer: JsonPointer | null): void
  /** Goes to the next field that asks for a look, or to the one before. */
  walk(from: JsonPointer, step: 1 | -1): void
  /** Takes the document as somebody else left it, and says so. */
  moved(now: Review): void
  showKeys(): void
}

const WorkContext = createContext<Work | null>(null)
export const WorkProvider = WorkContext.Provider

export function useWork(): Work {
  const work = useContext(WorkContext)
  if (!work) throw new Error('A part of the workbench stands outside of it.')
  return work
}

/** Everything about one input. */
export interface Cell {
  readonly pointer: JsonPointer
  readonly kind: FormField['kind']
  readonly choices: readonly string[]
  readonly required: boolean
  readonly field: ResultField | undefined
  readonly text: string
  readonly edited: boolean
  readonly certainty: Certainty
  readonly readings: readonly Reading[]
  readonly asks: boolean
  readonly active: boolean
  readonly hovered: boolean
  readonly flags: readonly Flag[]
  readonly problem: string | null
}

/** Who corrected a value last; null when nobody has. */
const correctorOf = ({ corrections }: Review, pointer: JsonPointer): string | null =>
  corrections.findLast(({ field }) => field === pointer)?.by ?? null

/** That the paths differ is told by their readings, which stand at the input. */
const isShown = (code: string, readings: readonly Reading[]): boolean =>
  code === 'PATHS_DIFFER' && readings.length > 1

export function cellAt(work: Work, pointer: JsonPointer, { kind, choices, required }: FormField): Cell {
  const { review, editor } = work
  const field = review.row.fields[pointer]
  const readings = readingsOf(field)
  const edited = isEdited(editor.draft, pointer)
  return {
    pointer,
    kind,
    choices,
    required,
    field,
    text: textAt(editor.original, editor.draft, pointer),
    edited,
    certainty: certaintyOf(field, edited, correctorOf(review, pointer)),
    readings,
    asks: work.stops.includes(pointer),
    active: work.active === pointer,
    hovered: work.hovered === pointer,
    flags: (work.flags.get(pointer) ?? []).filter(({ code }) => !isShown(code, readings)),
    problem: editor.misspelt.get(pointer) ?? null,
  }
}
