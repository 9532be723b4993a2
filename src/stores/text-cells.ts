import type Database from 'libsql'

// libsql ends the whole process where a cell holds text that is no UTF-8, which a single flipped bit can make of it.

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const asBytes = (name: string): string =>
  `case typeof(${quoted(name)}) when 'text' then cast(${quoted(name)} as blob) else ${quoted(name)} end as ${quoted(name)}`

/** The same query with text as bytes; anything but a query as it is. */
export function withTextAsBytes(database: Database.Database, sql: string): string {
  if (!/^\s*select\b/i.test(sql)) return sql
  const columns = database.prepare(sql).columns() as readonly { readonly name: string }[]
  return `select ${columns.map(({ name }) => asBytes(name)).join(', ')} from (${sql})`
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Bytes as text again, with U+FFFD for what is none. */
export const cellsAsText = (row: object): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [
      name,
      cell instanceof ArrayBuffer || ArrayBuffer.isView(cell) ? decoder.decode(cell as ArrayBuffer) : cell,
    ]),
  )
