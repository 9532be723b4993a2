import type { ReactNode } from 'react'
import type { FormField } from '../../contract/review.ts'
import { CertaintyWord, FieldNotes, notesId } from './field-notes.tsx'
import { inputId } from './input-id.ts'
import { ReadingsBar } from './readings-bar.tsx'
import { Snippet } from './snippet.tsx'
import { ValueInput } from './value-input.tsx'
import { cellAt, useWork, type Cell } from './work.ts'

const classOf = ({ active, hovered, certainty, flags }: Cell, kind: string, seen: boolean): string =>
  [
    kind,
    certainty.level,
    active && 'active',
    flags.length > 0 && 'flagged',
    hovered && 'hovered',
    seen && 'seen',
  ]
    .filter(Boolean)
    .join(' ')

function Label({ field, cell }: { readonly field: FormField; readonly cell: Cell }): ReactNode {
  return (
    <label htmlFor={inputId(cell.pointer)} title={field.hint ?? undefined}>
      {field.label}
      {field.required && (
        <span className="required" title="A document is never accepted without it">
          <span aria-hidden="true">*</span>
        </span>
      )}
    </label>
  )
}

/** A field that asks for a look: the place on the page, the value, what was read, and why it is in doubt. */
export function FieldCard({ field }: { readonly field: FormField }): ReactNode {
  const work = useWork()
  const cell = cellAt(work, field.pointer, field)
  return (
    <div
      className={classOf(cell, 'field-card', work.seen.has(field.pointer))}
      onMouseEnter={() => work.setHovered(field.pointer)}
      onMouseLeave={() => work.setHovered(null)}
    >
      <div className="field-head">
        <Label field={field} cell={cell} />
        <CertaintyWord cell={cell} />
      </div>
      {cell.field?.source && <Snippet source={cell.field.source} />}
      <ValueInput cell={cell} describedBy={notesId(cell)} />
      <ReadingsBar cell={cell} />
      <FieldNotes cell={cell} />
    </div>
  )
}

/** A field that is sure enough: one quiet line, which opens up when it is used. */
export function QuietField({ field }: { readonly field: FormField }): ReactNode {
  const work = useWork()
  const cell = cellAt(work, field.pointer, field)
  return (
    <div
      className={classOf(cell, 'quiet-field', false)}
      onMouseEnter={() => work.setHovered(field.pointer)}
      onMouseLeave={() => work.setHovered(null)}
    >
      <Label field={field} cell={cell} />
      <ValueInput cell={cell} describedBy={notesId(cell)} />
      <CertaintyWord cell={cell} />
      {cell.active && <ReadingsBar cell={cell} />}
      <FieldNotes cell={cell} />
    </div>
  )
}
