import { createHash, type Hash } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { LedgerTables } from './ledger-tables.ts'
import { rowsAtOnce } from './row-pages.ts'
import { told } from './seals.ts'

export type TableName = keyof LedgerTables

export type Row = Readonly<Record<string, unknown>>

/** The tables with their primary keys, each after those that it refers to. */
const primaryKeys: { readonly [T in TableName]: readonly (keyof LedgerTables[T] & string)[] } = {
  batches: ['id'],
  works: ['key'],
  results: ['key'],
  jobs: ['id'],
  corrections: ['job_id', 'sequence'],
  decisions: ['job_id', 'sequence'],
  keys: ['id'],
  removals: ['blob'],
  compactions: ['id'],
}

export const allTables = Object.keys(primaryKeys) as readonly TableName[]

const columnsOf = (table: TableName): readonly string[] => primaryKeys[table]

/** All rows of a table by its primary key, some at a time, behind a row that is known; both databases order them alike. */
export async function* keyedRows(
  db: Kysely<LedgerTables>,
  table: TableName,
  after: Row | null = null,
): AsyncIterable<readonly Row[]> {
  const key = sql.join(columnsOf(table).map((column) => sql.ref(column)))
  for (let last = after; ;) {
    const from = last === null ? sql`` : sql`where (${key}) > (${sql.join(keyOf(table, last))})`
    const { rows } = await sql<Row>`
      select * from ${sql.table(table)} ${from} order by ${key} limit ${sql.lit(rowsAtOnce)}
    `.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < rowsAtOnce) return
    last = rows.at(-1)!
  }
}

export const keyOf = (table: TableName, row: Row): readonly unknown[] =>
  columnsOf(table).map((column) => row[column])

/** The last row of a table by its primary key; null for none. */
export async function lastRow(db: Kysely<LedgerTables>, table: TableName): Promise<Row | null> {
  const key = sql.join(columnsOf(table).map((column) => sql`${sql.ref(column)} desc`))
  const { rows } = await sql<Row>`select * from ${sql.table(table)} order by ${key} limit 1`.execute(db)
  return rows[0] ?? null
}

/** How many rows a table has, and a hash of all that they say. */
export interface TableDigest {
  readonly rows: number
  readonly sha256: string
}

function addRow(hash: Hash, row: Row): void {
  for (const column of Object.keys(row).sort()) hash.update(told(column)).update(told(row[column]))
}

export async function digestOf(db: Kysely<LedgerTables>, table: TableName): Promise<TableDigest> {
  const hash = createHash('sha256')
  let count = 0
  for await (const rows of keyedRows(db, table)) {
    for (const row of rows) addRow(hash, row)
    count += rows.length
  }
  return { rows: count, sha256: hash.digest('hex') }
}
