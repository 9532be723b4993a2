import { useEffect, useState, type ClipboardEvent, type KeyboardEvent, type ReactNode } from 'react'
import type { FormField } from '../../contract/review.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { announce } from '../shell/announcer.tsx'
import { spoken } from './attention.ts'
import { ColumnHeads } from './column-heads.tsx'
import { cellOf, columnsOf, recordsOf } from './draft.ts'
import { FieldNotes, notesId } from './field-notes.tsx'
import { Flags } from './flags.tsx'
import { focusField } from './input-id.ts'
import { blockOf } from './paste.ts'
import { ReadingsBar } from './readings-bar.tsx'
import { ValueInput } from './value-input.tsx'
import { cellAt, useWork, type Cell } from './work.ts'

interface RecordProps {
  readonly columns: readonly FormField[]
  readonly record: JsonPointer
  readonly number: number
  readonly acts: RecordActs
}

/** What can be done to a record from one of its cells. */
interface RecordActs {
  /** To the same column above or below; false at the end. */
  walk(column: FormField, step: 1 | -1): boolean
  insert(): void
  remove(column: FormField): void
  move(column: FormField, step: 1 | -1): void
  paste(column: FormField, text: string): boolean
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

const tools = [
  ['↑', 'Move up', 'Alt+ArrowUp', (acts: RecordActs, column: FormField) => acts.move(column, -1)],
  ['↓', 'Move down', 'Alt+ArrowDown', (acts: RecordActs, column: FormField) => acts.move(column, 1)],
  ['+', 'Insert below', 'Alt+Enter', (acts: RecordActs) => acts.insert()],
  ['×', 'Remove', 'Alt+Delete', (acts: RecordActs, column: FormField) => acts.remove(column)],
] as const

/** Buttons for the record that somebody is at: Tab comes by once, arrows lead from one to the next. */
function RecordTools({ acts, columns, number }: Omit<RecordProps, 'record'>): ReactNode {
  const [current, setCurrent] = useState(0)
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null
    if (step === null) return
    event.preventDefault()
    const next = (current + step + tools.length) % tools.length
    setCurrent(next)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div className="record-tools" role="toolbar" aria-label={`Record ${number}`} onKeyDown={press}>
      {tools.map(([sign, name, keys, act], i) => (
        <button
          key={name}
          type="button"
          className="quiet"
          tabIndex={i === current ? 0 : -1}
          aria-keyshortcuts={keys}
          title={keys.replace('Arrow', '')}
          onFocus={() => setCurrent(i)}
          onClick={() => act(acts, columns[0]!)}
        >
          <span aria-hidden="true">{sign}</span> {name}
        </button>
      ))}
    </div>
  )
}

interface UnderProps extends Omit<RecordProps, 'record'> {
  readonly cells: readonly Cell[]
}

/** What is to be said of cells, under their record: flags always, readings and what can be done while the record is used. */
function UnderRecord({ cells, ...record }: UnderProps): ReactNode {
  const used = cells.some(({ active }) => active)
  const says = used || cells.some(({ flags, problem }) => flags.length > 0 || problem !== null)
  return (
    <tr className={says ? 'under' : 'under silent'}>
      <td colSpan={record.columns.length + 1}>
        {cells.map((cell) => (
          <div key={cell.pointer}>
            {cell.active && <ReadingsBar cell={cell} />}
            <FieldNotes cell={cell} />
          </div>
        ))}
        {used && <RecordTools {...record} />}
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

/** Keys of a cell that are about its record; true where it was one. */
function actsOn(event: KeyboardEvent, column: FormField, acts: RecordActs): boolean {
  const { key, altKey, ctrlKey, metaKey } = event
  if (ctrlKey || metaKey) return false
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : null
  // A choice opens and changes by arrows.
  if (step !== null)
    return (
      !(event.target instanceof HTMLSelectElement) &&
      (altKey ? (acts.move(column, step), true) : acts.walk(column, step))
    )
  if (!altKey) return false
  if (key === 'Enter') acts.insert()
  else if (key === 'Delete' || key === 'Backspace') acts.remove(column)
  else return false
  return true
}

function RecordRows({ columns, record, number, acts }: RecordProps): ReactNode {
  const work = useWork()
  const cells = columns.map((column) => cellAt(work, cellOf(column, record), column))
  const press = (event: KeyboardEvent, column: FormField): void => {
    if (actsOn(event, column, acts)) event.preventDefault()
  }
  const paste = (event: ClipboardEvent, column: FormField): void => {
    if (acts.paste(column, event.clipboardData.getData('text/plain'))) event.preventDefault()
  }
  if (work.editor.draft.removed.includes(record))
    return (
      <GoneRecord record={record} span={columns.length + 1} name={cells[0]?.text || `record ${number}`} />
    )
  return (
    <>
      <tr>
        {columns.map((column, i) => (
          <td
            key={column.pointer}
            className={column.kind}
            onKeyDown={(event) => press(event, column)}
            onPaste={(event) => paste(event, column)}
          >
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
            onClick={() => acts.remove(columns[0]!)}
          >
            ×
          </button>
        </td>
      </tr>
      <UnderRecord {...{ columns, number, acts, cells }} />
    </>
  )
}

function Head({ columns }: { readonly columns: readonly FormField[] }): ReactNode {
  return (
    <thead>
      <tr>
        <ColumnHeads columns={columns} />
        <td />
      </tr>
    </thead>
  )
}

/** Puts the cursor where it is wanted once that is there; a second wish takes the place of a first. */
function useWantedFocus(): (pointer: JsonPointer | null) => void {
  const [wanted, setWanted] = useState<{ readonly pointer: JsonPointer } | null>(null)
  useEffect(() => {
    if (wanted) focusField(wanted.pointer)
  }, [wanted])
  return (pointer) => setWanted(pointer === null ? null : { pointer })
}

interface Acting {
  readonly list: FormField
  readonly columns: readonly FormField[]
  readonly records: readonly JsonPointer[]
  readonly want: (pointer: JsonPointer | null) => void
  readonly tell: (problem: string | null) => void
}

/** What can be done to records of a list, with the cursor where a person goes on. */
function useActs({ list, columns, records, want, tell }: Acting): (record: JsonPointer) => RecordActs {
  const { editor } = useWork()
  const standing = records.filter((record) => !editor.draft.removed.includes(record))
  return (record) => {
    const at = standing.indexOf(record)
    return {
      walk(column, step) {
        const next = standing[at + step]
        return next !== undefined && focusField(cellOf(column, next))
      },
      insert: () => want(cellOf(columns[0]!, editor.add(list.pointer, record))),
      remove(column) {
        editor.remove(record)
        announce(`Record ${records.indexOf(record) + 1} is taken away. Control Z brings it back.`)
        const next = standing[at + 1] ?? standing[at - 1]
        want(next === undefined ? null : cellOf(column, next))
      },
      move(column, step) {
        editor.move(record, step)
        announce(step > 0 ? 'Moved down.' : 'Moved up.')
        want(cellOf(column, record))
      },
      paste(column, text) {
        const block = blockOf(text)
        if (block) tell(editor.fill({ list: list.pointer, columns, record, column }, block))
        return block !== null
      },
    }
  }
}

/** A list of records as a table in which every cell is an input. */
export function RecordTable({ list }: { readonly list: FormField }): ReactNode {
  const { editor, flags } = useWork()
  const [problem, tell] = useState<string | null>(null)
  const want = useWantedFocus()
  const records = recordsOf(editor.original, editor.draft, list.pointer)
  const columns = columnsOf(list)
  const actsFor = useActs({ list, columns, records, want, tell })
  return (
    <div className={`record-table columns-${columns.length}`}>
      <table>
        <caption>{list.label}</caption>
        <Head columns={columns} />
        <tbody>
          {records.map((record, i) => (
            <RecordRows
              key={record}
              columns={columns}
              record={record}
              number={i + 1}
              acts={actsFor(record)}
            />
          ))}
        </tbody>
      </table>
      <Flags flags={flags.get(list.pointer) ?? []} />
      <p className="field-problem" role="alert">
        {problem}
      </p>
      <button
        type="button"
        className="quiet add"
        onClick={() => want(cellOf(columns[0]!, editor.add(list.pointer)))}
      >
        + Add a record
      </button>
    </div>
  )
}
