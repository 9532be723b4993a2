import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  Kysely,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
  type SelectModifierNode,
} from 'kysely'
import Database from 'libsql'
import type { Ledger } from '../core/ledger.ts'
import type { LedgerTables } from './ledger-tables.ts'
import { madeTable, migrate, migratorOf, requireKnown } from './migrations.ts'
import type { LedgerOptions } from './opened.ts'
import { sqliteMigrations } from './sqlite-migrations.ts'
import { sqliteRowPages } from './row-pages.ts'
import { sqlLedger, type Variant } from './sql-ledger.ts'
import { sqliteErasing } from './sqlite-erasing.ts'
import { asStorageError, translating } from './sqlite-errors.ts'
import { preparedOnce } from './sqlite-statements.ts'

/**
 * Opens the ledger in a SQLite file, making it for its owner only when it is not there; several processes may do so at once.
 * For another one's transaction, which takes milliseconds, this process waits `busyMs` at most and does nothing else meanwhile.
 */
export async function openSqliteLedger(
  file: string,
  { busyMs = 5_000 }: LedgerOptions = {},
): Promise<Ledger> {
  const database = await openDatabase(file, busyMs)
  const db = new Kysely<LedgerTables>({ dialect: sqliteDialect(database, file) })
  try {
    if (!isNew(database)) await requireKnown(db, file, sqliteMigrations)
    await migrate(migratorOf(db, sqliteMigrations))
  } catch (error) {
    database.close()
    throw asStorageError(error, file)
  }
  return sqlLedger(db, { ...sqliteVariant, ...sqliteErasing(db, database, file) })
}

const isNew = (database: Database.Database): boolean =>
  database.prepare('select name from sqlite_master where name = ?').all([madeTable]).length === 0

/** The tables of a ledger that is there already, brought up to date; its errors are E_STORAGE. */
export async function openMoveSource(file: string, busyMs = 5_000): Promise<Kysely<LedgerTables>> {
  await (await openSqliteLedger(file, { busyMs })).close()
  return new Kysely<LedgerTables>({ dialect: sqliteDialect(await openDatabase(file, busyMs), file) })
}

/** Only one transaction writes at a time. */
export const sqliteVariant: Omit<Variant, 'wipe' | 'compact'> = {
  pages: sqliteRowPages,
  isRaced: () => false,
  holdToSubmit: async () => {},
  holdToRemove: async () => {},
}

async function openDatabase(file: string, busyMs: number): Promise<Database.Database> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    // SQLite gives its other files the permissions of this one.
    await (await open(file, 'a', 0o600)).close()
    const database = new Database(file)
    for (const pragma of [
      `busy_timeout = ${busyMs}`,
      'journal_mode = WAL',
      'synchronous = FULL',
      'foreign_keys = ON',
      'secure_delete = ON',
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
  createQueryCompiler: () => new WithoutRowLocks(),
  createIntrospector: (db) => new SqliteIntrospector(db),
})

/** A transaction that writes has all rows to itself: SQLite has no word for locking some. */
class WithoutRowLocks extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== 'ForUpdate' && node.modifier !== 'SkipLocked') super.visitSelectModifier(node)
  }
}

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
    super({ database: preparedOnce(database, file) })
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
