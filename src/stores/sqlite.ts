import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  Kysely,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely'
import Database from 'libsql'
import type { JobStore } from '../core/jobs.ts'
import { ParallaxError } from '../core/errors.ts'
import type { LedgerTables } from './ledger-tables.ts'
import { migrate } from './migrations.ts'
import { sqlLedger } from './sql-ledger.ts'

/** How long a process waits for another one's transaction, which takes milliseconds. */
const busyTimeoutMs = 5_000

/** Opens the job ledger in a SQLite file, making it for its owner only when it is not there; several processes may do so at once. */
export async function openSqliteLedger(file: string): Promise<JobStore> {
  const database = await openDatabase(file)
  const db = new Kysely<LedgerTables>({ dialect: sqliteDialect(database, file) })
  try {
    await migrate(db)
  } catch (error) {
    database.close()
    throw asStorageError(error, file)
  }
  return sqlLedger(db)
}

async function openDatabase(file: string): Promise<Database.Database> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    // SQLite gives its other files the permissions of this one.
    await (await open(file, 'a', 0o600)).close()
    const database = new Database(file)
    for (const pragma of [
      `busy_timeout = ${busyTimeoutMs}`,
      'journal_mode = WAL',
      'synchronous = FULL',
      'foreign_keys = ON',
    ])
      database.exec(`PRAGMA ${pragma}`)
    return database
  } catch (error) {
    throw asStorageError(error, file)
  }
}

/** SQLite for Kysely over an open database; its errors are E_STORAGE and name the file. */
export const sqliteDialect = (database: Database.Database, file: string): Dialect => ({
  createAdapter: () => new TransactionalDdlAdapter(),
  createDriver: () => new ImmediateDriver(database, file),
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createIntrospector: (db) => new SqliteIntrospector(db),
})

/** Lets the migrator run inside one transaction, so that processes that start together do not migrate twice. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Takes the write lock at the start of a transaction: one that reads first and writes later could not wait for it. */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Database.Database
  readonly #file: string

  constructor(database: Database.Database, file: string) {
    super({ database: translated(database, file) })
    this.#database = database
    this.#file = file
  }

  // Not a prepared statement: one that met SQLITE_BUSY stays open until it is collected, and blocks every commit.
  override async beginTransaction(): Promise<void> {
    translating(this.#file, () => this.#database.exec('begin immediate'))
  }

  // A full disk has rolled back already.
  override async rollbackTransaction(): Promise<void> {
    if (this.#database.inTransaction) translating(this.#file, () => this.#database.exec('rollback'))
  }
}

/** The database as Kysely uses it, with SQLite's errors turned into E_STORAGE. */
function translated(database: Database.Database, file: string): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare(sql): SqliteStatement {
      const statement = translating(file, () => database.prepare(sql))
      return {
        reader: statement.reader,
        all: (parameters) => translating(file, () => statement.all(parameters)),
        run: (parameters) => translating(file, () => statement.run(parameters)),
        iterate: (parameters) => translating(file, () => statement.iterate(parameters)),
      }
    },
  }
}

function translating<T>(file: string, use: () => T): T {
  try {
    return use()
  } catch (error) {
    if (error instanceof Database.SqliteError) throw asStorageError(error, file)
    throw error
  }
}

function asStorageError(error: unknown, file: string): ParallaxError {
  if (error instanceof ParallaxError) return error
  const detail = error instanceof Error ? error.message : String(error)
  return new ParallaxError('E_STORAGE', `The job ledger ${file} cannot be used: ${help(error, detail)}`, {
    cause: error,
  })
}

const helpByCode: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'the disk is full. Free some space and try again.',
  SQLITE_BUSY: 'another process keeps it busy. Try again in a moment.',
  SQLITE_NOTADB: 'it is not a Parallax ledger. Move the file away or choose another data folder.',
  SQLITE_CORRUPT: 'the file is damaged. Restore it from a backup or choose another data folder.',
  SQLITE_READONLY: 'it may not be written. Check the permissions of the file and its folder.',
}

function help(error: unknown, detail: string): string {
  const code = error instanceof Database.SqliteError ? error.code : ''
  return (
    helpByCode[code] ?? `${detail}. Check that the disk has room and that the file may be read and written.`
  )
}
