import { setTimeout as delay } from 'node:timers/promises'
import type Database from 'libsql'
import type { Kysely } from 'kysely'
import type { LedgerTables } from './ledger-tables.ts'
import type { Variant } from './sql-ledger.ts'
import { translating } from './sqlite-errors.ts'

/** How often `wipe` tries; what is left in the journal then goes at the next deletion or the last closing. */
const tries = 20
/** How long everything else in this process waits for one try, and how long it has until the next. */
const tryMs = 100

/**
 * Under `secure_delete` SQLite writes zeros over deleted rows, but the journal has them until it is emptied, and a page
 * that was once split may have kept a copy of a row that has moved: only `VACUUM` leaves those behind.
 */
export function sqliteErasing(
  db: Kysely<LedgerTables>,
  database: Database.Database,
  file: string,
): Pick<Variant, 'wipe' | 'compact'> {
  // Not amid a transaction of this process, which has the connection for its own.
  const alone = <T>(use: () => T): Promise<T> => db.connection().execute(async () => translating(file, use))

  const wipe = async (): Promise<void> => {
    for (let tried = 0; tried < tries; tried++) {
      if (await alone(() => emptyJournal(database))) return
      await delay(tryMs)
    }
  }
  return {
    wipe,
    async compact() {
      await alone(() => database.exec('VACUUM'))
      await wipe()
    },
  }
}

/** False while another process reads or writes. */
function emptyJournal(database: Database.Database): boolean {
  const [{ timeout }] = database.prepare('PRAGMA busy_timeout').all() as [{ timeout: number }]
  database.exec(`PRAGMA busy_timeout = ${tryMs}`)
  try {
    const [{ busy }] = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all() as [{ busy: number }]
    return busy === 0
  } finally {
    database.exec(`PRAGMA busy_timeout = ${timeout}`)
  }
}
