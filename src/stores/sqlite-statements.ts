import type { SqliteDatabase, SqliteStatement } from 'kysely'
import type Database from 'libsql'
import { translating } from './sqlite-errors.ts'
import { cellsAsText, withTextAsBytes } from './text-cells.ts'

/** Statements that are kept at most; the ledger has some dozens. */
const most = 200

/** The database as Kysely uses it: statements are prepared once, SQLite's errors are E_STORAGE. */
export function preparedOnce(database: Database.Database, file: string): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()

  // One that met SQLITE_BUSY stays open until it is collected, and blocks every commit.
  const orForget = <T>(sql: string, use: () => T): T => {
    try {
      return translating(file, use)
    } catch (error) {
      kept.delete(sql)
      throw error
    }
  }

  function prepare(sql: string): SqliteStatement {
    const statement = translating(file, () => database.prepare(withTextAsBytes(database, sql)))
    return {
      reader: statement.reader,
      all: (parameters) => orForget(sql, () => (statement.all(parameters) as object[]).map(cellsAsText)),
      run: (parameters) => orForget(sql, () => statement.run(parameters)),
      // Whoever stops half-way leaves it open.
      iterate: (parameters) => translating(file, () => database.prepare(sql).iterate(parameters)),
    }
  }

  return {
    close() {
      kept.clear()
      database.close()
    },
    prepare(sql) {
      // Those that were prepared name the columns that tables had then.
      if (/^\s*(alter|drop)\b/i.test(sql)) kept.clear()
      const statement = kept.get(sql) ?? prepare(sql)
      if (kept.size >= most) kept.clear()
      kept.set(sql, statement)
      return statement
    },
  }
}
