import { sql, type Kysely } from 'kysely'
import { ParallaxError, toErrorReport } from '../core/errors.ts'
import {
  allTables,
  digestOf,
  keyedRows,
  keyOf,
  lastRow,
  type Row,
  type TableDigest,
  type TableName,
} from './keyed-rows.ts'
import type { LedgerTables } from './ledger-tables.ts'
import { moveTable } from './postgres-usable.ts'

type Db = Kysely<LedgerTables>

export interface LedgerMove {
  /** Nobody writes to it until the move has ended. */
  readonly from: Db
  /** What tells the ledger that is moved from others. */
  readonly identity: string
  readonly to: Db
  /** How the target is called in sentences. */
  readonly place: string
  /** Is told of a table that is there, and known to be as it was. */
  readonly onTable?: (table: TableName, digest: TableDigest) => void
}

/** Whether a move of this ledger has begun; rejects where the target has anything of another one. */
async function hasBegun({ to, identity, place }: LedgerMove): Promise<boolean> {
  const { rows: found } = await sql<{ found: boolean }>`
    select to_regclass(quote_ident(current_schema()) || '.' || ${moveTable}::text) is not null as found
  `.execute(to)
  if (found[0]?.found === true) {
    const { rows } = await sql<{ source: string }>`select source from ${sql.table(moveTable)}`.execute(to)
    if (rows[0]?.source === identity) return true
    throw taken(place, 'another ledger is being moved there')
  }
  for (const table of allTables)
    if ((await lastRow(to, table)) !== null) throw taken(place, `its table ${table} has rows`)
  return false
}

const taken = (place: string, why: string): ParallaxError =>
  new ParallaxError('E_CONFLICT', `The ledger cannot be moved to ${place}: ${why}. Name an empty database.`)

async function begin({ to, identity }: LedgerMove): Promise<void> {
  await to.transaction().execute(async (tx) => {
    await sql`create table ${sql.table(moveTable)} (source text not null)`.execute(tx)
    await sql`insert into ${sql.table(moveTable)} values (${identity})`.execute(tx)
  })
}

async function insert(to: Db, table: TableName, rows: readonly Row[]): Promise<void> {
  await to
    .transaction()
    .execute((tx) =>
      tx
        .insertInto(table)
        .values(rows as never)
        .execute(),
    )
    .catch(async (error: unknown) => {
      if (rows.length === 1) throw refused(table, rows[0]!, error)
      for (const row of rows) await insert(to, table, [row]) // One by one, to name the one that is refused.
    })
}

const refused = (table: TableName, row: Row, error: unknown): ParallaxError =>
  new ParallaxError(
    'E_STORAGE',
    `The row ${keyOf(table, row).join(', ')} of the table ${table} could not be moved: ${toErrorReport(error).message}`,
    { cause: error },
  )

/** Goes on behind the last row that is there: rows are moved in the order of their keys. */
async function moveTableRows({ to }: LedgerMove, from: Db, table: TableName): Promise<void> {
  const after = await lastRow(to, table)
  for await (const rows of keyedRows(from, table, after)) await insert(to, table, rows)
}

async function verify({ to, place }: LedgerMove, from: Db, table: TableName): Promise<TableDigest> {
  const [was, is] = [await digestOf(from, table), await digestOf(to, table)]
  if (was.rows === is.rows && was.sha256 === is.sha256) return is
  throw new ParallaxError(
    'E_CONFLICT',
    `The table ${table} of ${place} has not what the ledger has: ${is.rows} rows for ${was.rows}. The ledger was written since the move began, or somebody else wrote there: empty the database, and move again.`,
  )
}

/**
 * Copies every row to an empty ledger as it is, so that seals stay good, then holds each table against the one that it came from. One that was
 * cut short goes on where it was; until it has ended the target cannot be opened as a ledger. The ledger that is moved is not changed.
 */
export async function moveLedger(move: LedgerMove): Promise<void> {
  if (!(await hasBegun(move))) await begin(move)
  await move.from.transaction().execute(async (from) => {
    for (const table of allTables) await moveTableRows(move, from, table)
    for (const table of allTables) move.onTable?.(table, await verify(move, from, table))
  })
  await sql`drop table ${sql.table(moveTable)}`.execute(move.to)
}
