import type { ReactNode } from 'react'
import type { FormField } from '../../contract/review.ts'

/** The names of a list's columns, as cells of a table's head. */
export function ColumnHeads({ columns }: { readonly columns: readonly FormField[] }): ReactNode {
  return columns.map(({ pointer, label, kind }) => (
    <th key={pointer} scope="col" className={kind}>
      {label}
    </th>
  ))
}
