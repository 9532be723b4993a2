import { setImmediate as turn } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql, type Selectable } from 'kysely'
import { Client, type PoolConfig } from 'pg'
import type { Work } from '../core/jobs.ts'
import type { Ledger } from '../core/ledger.ts'
import { keyedRows } from './keyed-rows.ts'
import type { LedgerTables, Tx } from './ledger-tables.ts'
import { migrate, migratorOf, requireKnown } from './migrations.ts'
import { asStorageError, isRaced } from './postgres-errors.ts'
import { postgresMigrations, tableNames } from './postgres-migrations.ts'
import { openPool, type Patience } from './postgres-pool.ts'
import { requireUsable } from './postgres-usable.ts'
import type { SealedTable } from './seals.ts'
import { sqlLedger, type Variant } from './sql-ledger.ts'

export interface PostgresLedger {
  readonly ledger: Ledger
  /** The same for everybody who opens it, wherever they are. */
  readonly identity: string
}

/** How long a statement may take, in milliseconds: the longest reads a few hundred rows. */
const statementMs = 30_000

/** PostgreSQL for Kysely; its errors are E_STORAGE and name the ledger by its place. */
const open = (config: PoolConfig, place: string, patience: Patience): Kysely<LedgerTables> =>
  new Kysely({ dialect: new PostgresDialect({ pool: async () => openPool(config, place, patience) }) })

/**
 * Opens the ledger in a PostgreSQL database, in the schema that its search path begins with, and makes its tables when there are
 * none. Whoever waits for a lock or a connection does so for `busyMs` at most.
 */
export async function openPostgresLedger(
  config: PoolConfig,
  place: string,
  busyMs: number,
): Promise<PostgresLedger> {
  const identity = await prepare(config, place, busyMs)
  const db = open(config, place, { busyMs, statementMs })
  return { ledger: sqlLedger(db, postgresVariant(config, place, busyMs)), identity }
}

async function makeTables(db: Kysely<LedgerTables>, place: string, isMover = false): Promise<void> {
  const { isNew, schema } = await requireUsable(db, place, isMover)
  if (!isNew) await requireKnown(db, place, postgresMigrations)
  await migrate(migratorOf(db, postgresMigrations, schema))
}

/** The tables of a ledger that another one is moved to, made where there are none; statements take as long as they do. */
export async function openMoveTarget(
  config: PoolConfig,
  place: string,
  busyMs: number,
): Promise<Kysely<LedgerTables>> {
  const db = open(config, place, { busyMs, statementMs: null })
  try {
    await makeTables(db, place, true)
    return db
  } catch (error) {
    await db.destroy()
    throw asStorageError(error, place)
  }
}

/** Has the tables be there, however long that takes; answers the ledger's identity. */
async function prepare(config: PoolConfig, place: string, busyMs: number): Promise<string> {
  const db = open(config, place, { busyMs, statementMs: null })
  try {
    await makeTables(db, place)
    return await identityOf(db)
  } catch (error) {
    throw asStorageError(error, place)
  } finally {
    await db.destroy()
  }
}

/** When its tables were made tells ledgers apart that have the same name on different servers. */
async function identityOf(db: Kysely<LedgerTables>): Promise<string> {
  const { rows } = await sql<{ identity: string }>`
    select concat_ws(' ', current_database(), current_schema(), min(timestamp)) as identity from kysely_migration
  `.execute(db)
  return rows[0]!.identity
}

const postgresVariant = (config: PoolConfig, place: string, busyMs: number): Variant => ({
  pages: postgresRowPages,
  isRaced,
  holdToSubmit,
  holdToRemove,
  // What was deleted stays in its pages until they are written anew, and in its log until that is written over.
  wipe: async () => {},
  compact: () => compact(config, place, busyMs),
})

/** Locks have numbers. There are few, since a server has room for some thousands at a time; two things that share one wait for each other a little. */
const [keyLocks, blobLocks, locksEach] = [sql.lit(7272), sql.lit(7273), sql.lit(64)]

/** In the order of their numbers, so that two who submit the same work do not wait for each other. */
async function holdToSubmit(tx: Tx, works: readonly Work[]): Promise<void> {
  const keys = works.map(({ key }) => key)
  const blobs = works.flatMap(({ blob, templates }) => (templates === null ? [blob] : [blob, templates]))
  await sql`
    select pg_advisory_xact_lock(${keyLocks}, n)
    from (select distinct abs(hashtext(key) % ${locksEach}) as n from unnest(${keys}::text[]) as key order by n) as keys
  `.execute(tx)
  await sql`
    select pg_advisory_xact_lock_shared(${blobLocks}, n)
    from (select distinct abs(hashtext(blob) % ${locksEach}) as n from unnest(${blobs}::text[]) as blob order by n) as blobs
  `.execute(tx)
}

async function holdToRemove(tx: Tx, blob: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${blobLocks}, abs(hashtext(${blob}) % ${locksEach}))`.execute(tx)
}

/** Nobody waits for it longer than for another transaction; one table after the other. */
async function compact(config: PoolConfig, place: string, busyMs: number): Promise<void> {
  const client = new Client({ ...config, connectionTimeoutMillis: busyMs, lock_timeout: busyMs })
  client.on('error', () => {}) // Whoever asks it is told as well.
  try {
    await client.connect()
    for (const table of tableNames) await client.query(`vacuum (full) ${client.escapeIdentifier(table)}`)
  } catch (error) {
    throw asStorageError(error, place)
  } finally {
    await client.end().catch(() => {})
  }
}

/** By the primary key, in which no row moves while others write. */
async function* postgresRowPages<T extends SealedTable>(
  db: Kysely<LedgerTables>,
  table: T,
): AsyncIterable<readonly Selectable<LedgerTables[T]>[]> {
  for await (const rows of keyedRows(db, table)) {
    yield rows as unknown as readonly Selectable<LedgerTables[T]>[]
    await turn()
  }
}
