import { setImmediate as turn } from 'node:timers/promises'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { LedgerTables } from './ledger-tables.ts'
import type { SealedTable } from './seals.ts'

/** Rows that are in memory at the same time. */
const atOnce = 100

/** A row of a table with its place in it. */
export type PlacedRow<T extends SealedTable> = Selectable<LedgerTables[T]> & { readonly place: number }

/** All rows of a table, by the place that SQLite gives each, since what names them may be what is damaged; others work in between. */
export async function* rowPages<T extends SealedTable>(
  db: Kysely<LedgerTables>,
  table: T,
): AsyncIterable<readonly PlacedRow<T>[]> {
  for (let after = 0; ;) {
    const { rows } = await sql<PlacedRow<T>>`
      select rowid as place, * from ${sql.table(table)} where rowid > ${after} order by rowid limit ${atOnce}
    `.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < atOnce) return
    await turn()
    after = rows.at(-1)!.place
  }
}
