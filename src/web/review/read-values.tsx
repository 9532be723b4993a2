import type { ReactNode } from 'react'
import type { FormField } from '../../contract/review.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { ColumnHeads } from './column-heads.tsx'
import { cellOf, columnsOf, recordsOf } from './draft.ts'
import { cellAt, useWork } from './work.ts'

/** A value to look at; where it stands on a page, it leads there. */
function ReadValue({
  pointer,
  field,
  name,
}: {
  readonly pointer: JsonPointer
  readonly field: FormField
  readonly name: string
}): ReactNode {
  const work = useWork()
  const { text, field: read, active, certainty } = cellAt(work, pointer, field)
  if (text === '') return <span className="soft">–</span>
  if (!read?.source) return text
  return (
    <button
      type="button"
      className={active ? 'read-value active' : 'read-value'}
      title={`${certainty.word}: ${certainty.title}. Show it on the page.`}
      aria-pressed={active}
      onClick={() => work.setActive(pointer)}
      onMouseEnter={() => work.setHovered(pointer)}
      onMouseLeave={() => work.setHovered(null)}
    >
      <span className="unseen">{name}: </span>
      {text}
    </button>
  )
}

function ReadRecords({ list }: { readonly list: FormField }): ReactNode {
  const { original, draft } = useWork().editor
  const records = recordsOf(original, draft, list.pointer)
  if (records.length === 0) return null
  const columns = columnsOf(list)
  return (
    <div className="read-records">
      <table>
        <caption>{list.label}</caption>
        <thead>
          <tr>
            <ColumnHeads columns={columns} />
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record}>
              {columns.map((column) => (
                <td key={column.pointer} className={column.kind}>
                  <ReadValue pointer={cellOf(column, record)} field={column} name={column.label} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The values of a document that is looked at, not worked on. */
export function ReadValues({ form }: { readonly form: readonly FormField[] }): ReactNode {
  const single = form.filter(({ kind }) => kind !== 'list')
  const lists = form.filter(({ kind }) => kind === 'list')
  return (
    <>
      <dl className="read-values">
        {single.map((field) => (
          <div key={field.pointer}>
            <dt>{field.label}</dt>
            <dd>
              <ReadValue pointer={field.pointer} field={field} name={field.label} />
            </dd>
          </div>
        ))}
      </dl>
      {lists.map((list) => (
        <ReadRecords key={list.pointer} list={list} />
      ))}
    </>
  )
}
