import type { KeyboardEvent, ReactNode } from 'react'
import { Flags } from './flags.tsx'
import type { FormField } from '../../contract/review.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { spoken } from './attention.ts'
import { cellOf, columnsOf, recordsOf } from './draft.ts'
import { FieldNotes, notesId } from './field-notes.tsx'
import { focusField } from './input-id.ts'
import { ReadingsBar } from './readings-bar.tsx'
import { ValueInput } from './value-input.tsx'
import { cellAt, useWork, type Cell } from './work.ts'

interface RecordProps {
  readonly columns: readonly FormField[]
  readonly record: JsonPointer
  readonly number: number
  readonly moveTo: (column: FormField, step: 1 | -1) => boolean
}

function CellInput({ cell }: { readonly cell: Cell }): ReactNode {
  const work = useWork()
  const { original, draft } = work.editor
  const state = [cell.asks && 'asks', cell.active && 'active', cell.hovered && 'hovered']
  return (
    <div
      className={['cell', cell.certainty.level, ...state].filter(Boolean).join(' ')}
      title={`${cell.certainty.word}: ${cell.certainty.title}`}
      onMouseEnter={() => work.setHovered(cell.pointer)}
      onMouseLeave={() => work.setHovered(null)}
    >
      <ValueInput cell={cell} name={spoken(original, draft, cell.pointer)} describedBy={notesId(cell)} />
    </div>
  )
}

/** What is to be said of cells, under their record: flags always, readings while the cell is used. */
function UnderRecord({ cells, span }: { readonly cells: readonly Cell[]; readonly span: number }): ReactNode {
  const says = cells.some(
    ({ flags, problem, active, readings }) =>
      flags.length > 0 || problem !== null || (active && readings.length > 1),
  )
  return (
    <tr className={says ? 'under' : 'under silent'}>
      <td colSpan={span}>
        {cells.map((cell) => (
          <div key={cell.pointer}>
            {cell.active && <ReadingsBar cell={cell} />}
            <FieldNotes cell={cell} />
          </div>
        ))}
      </td>
    </tr>
  )
}

function GoneRecord({
  record,
  span,
  name,
}: {
  readonly record: JsonPointer
  readonly span: number
  readonly name: string
}): ReactNode {
  const { editor } = useWork()
  return (
    <tr className="gone">
      <td colSpan={span}>
        <s>{name}</s>{' '}
        <button type="button" className="link" onClick={() => editor.putBack(record)}>
          Put back<span className="unseen"> {name}</span>
        </button>
      </td>
    </tr>
  )
}

function RecordRows({ columns, record, number, moveTo }: RecordProps): ReactNode {
  const work = useWork()
  const cells = columns.map((column) => cellAt(work, cellOf(column, record), column))
  const move = (event: KeyboardEvent, column: FormField): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null
    if (step !== null && !(event.target instanceof HTMLSelectElement) && moveTo(column, step))
      event.preventDefault()
  }
  if (work.editor.draft.removed.includes(record))
    return (
      <GoneRecord record={record} span={columns.length + 1} name={cells[0]?.text || `record ${number}`} />
    )
  return (
    <>
      <tr>
        {columns.map((column, i) => (
          <td key={column.pointer} className={column.kind} onKeyDown={(event) => move(event, column)}>
            <CellInput cell={cells[i]!} />
          </td>
        ))}
        <td className="row-end">
          <button
            type="button"
            className="quiet"
            tabIndex={-1}
            aria-label={`Take away record ${number}`}
            title="Take this record away"
            onClick={() => work.editor.remove(record)}
          >
            ×
          </button>
        </td>
      </tr>
      <UnderRecord cells={cells} span={columns.length + 1} />
    </>
  )
}

function Head({ columns }: { readonly columns: readonly FormField[] }): ReactNode {
  return (
    <thead>
      <tr>
        {columns.map(({ pointer, label, kind }) => (
          <th key={pointer} scope="col" className={kind}>
            {label}
          </th>
        ))}
        <td />
      </tr>
    </thead>
  )
}

/** A list of records as a table in which every cell is an input. */
export function RecordTable({ list }: { readonly list: FormField }): ReactNode {
  const work = useWork()
  const { editor, flags } = work
  const records = recordsOf(editor.original, editor.draft, list.pointer)
  const columns = columnsOf(list)
  const moveFrom = (row: number) => (column: FormField, step: 1 | -1) => {
    const record = records[row + step]
    return record !== undefined && focusField(cellOf(column, record))
  }
  return (
    <div className={`record-table columns-${columns.length}`}>
      <table>
        <caption>{list.label}</caption>
        <Head columns={columns} />
        <tbody>
          {records.map((record, i) => (
            <RecordRows key={record} columns={columns} record={record} number={i + 1} moveTo={moveFrom(i)} />
          ))}
        </tbody>
      </table>
      <Flags flags={flags.get(list.pointer) ?? []} />
      <button type="button" className="quiet add" onClick={() => editor.add(list.pointer)}>
        + Add a record
      </button>
    </div>
  )
}
