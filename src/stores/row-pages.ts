import { setImmediate as turn } from 'node:timers/promises'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { LedgerTables } from './ledger-tables.ts'
import type { SealedTable } from './seals.ts'

/** Rows that are in memory at the same time. */
export const rowsAtOnce = 100

/** All rows of a table, some at a time, damaged ones too. */
export type RowPages = <T extends SealedTable>(
  db: Kysely<LedgerTables>,
  table: T,
) => AsyncIterable<readonly Selectable<LedgerTables[T]>[]>

/** A row of a table with its place in it. */
export type PlacedRow<T extends SealedTable> = Selectable<LedgerTables[T]> & { readonly place: number }

/** All rows of a table, by the place that SQLite gives each, since what names them may be what is damaged; others work in between. */
export async function* sqliteRowPages<T extends SealedTable>(
  db: Kysely<LedgerTables>,
  table: T,
): AsyncIterable<readonly PlacedRow<T>[]> {
  for (let after = 0; ;) {
    const { rows } = await sql<PlacedRow<T>>`
      select rowid as place, * from ${sql.table(table)} where rowid > ${after} order by rowid limit ${rowsAtOnce}
    `.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < rowsAtOnce) return
    await turn()
    after = rows.at(-1)!.place
  }
}
