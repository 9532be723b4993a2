import { useCallback, useState, type ReactNode } from 'react'
import { batchExport, batchReport, fetchColumns, type RowExport } from '../http/service.ts'
import { useLoaded } from '../http/use-loaded.ts'

const formats: readonly (readonly [RowExport['format'], string])[] = [
  ['xlsx', 'Excel'],
  ['csv', 'CSV'],
  ['jsonl', 'JSONL'],
]

interface ColumnsProps {
  readonly names: readonly string[]
  readonly columns: string
  readonly set: (columns: string) => void
}

/** Which columns a table has; where nobody has written any down, there is nothing to choose. */
function Columns({ names, columns, set }: ColumnsProps): ReactNode {
  if (names.length === 0) return null
  return (
    <label className="inline">
      Columns
      <select value={columns} onChange={(event) => set(event.target.value)}>
        <option value="">all</option>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  )
}

/** A batch to take along: as a page, and as rows. */
export function Downloads({ id }: { readonly id: string }): ReactNode {
  const [items, setItems] = useState(false)
  const [columns, setColumns] = useState('')
  const names = useLoaded(useCallback((signal: AbortSignal) => fetchColumns(signal), []))
  return (
    <div className="downloads" role="group" aria-label="Export">
      <a className="button" href={batchReport(id)} target="_blank" rel="noreferrer">
        Report<span className="unseen"> (opens in a new tab)</span>
      </a>
      {formats.map(([format, name]) => (
        <a
          key={format}
          className="button"
          href={batchExport(id, { format, items, columns })}
          download={`batch-${id}.${format}`}
        >
          Export {name}
        </a>
      ))}
      {columns === '' && (
        <label className="inline">
          <input type="checkbox" checked={items} onChange={(event) => setItems(event.target.checked)} />a line
          for each item
        </label>
      )}
      <Columns names={names.value ?? []} columns={columns} set={setColumns} />
    </div>
  )
}
