import { sql, type Kysely } from 'kysely'
import type { LedgerTables } from './ledger-tables.ts'
import { sqliteRowPages } from './row-pages.ts'
import { sealOf, sealOfAttempts, type SealedTable } from './seals.ts'

export const sealedTables: readonly SealedTable[] = [
  'works',
  'results',
  'batches',
  'jobs',
  'corrections',
  'keys',
]

/** Seals every row of a table as it stands. */
export async function sealAll(db: Kysely<LedgerTables>, table: SealedTable): Promise<void> {
  for await (const rows of sqliteRowPages(db, table)) {
    for (const row of rows) {
      const seal = sealOf(table, row)
      await sql`update ${sql.table(table)} set seal = ${seal} where rowid = ${row.place}`.execute(db)
    }
  }
}

/** Seals what was read of works that are to be reprocessed. */
export async function sealAttempts(db: Kysely<LedgerTables>): Promise<void> {
  for await (const rows of sqliteRowPages(db, 'works')) {
    for (const { place, key, attempts } of rows) {
      if (attempts === null) continue
      const seal = sealOfAttempts(key, attempts)
      await sql`update works set attempts_seal = ${seal} where rowid = ${place}`.execute(db)
    }
  }
}
