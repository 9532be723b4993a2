import { sql } from 'kysely'
import { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'
import type { Database } from './ledger-tables.ts'
import { madeTable } from './migrations.ts'
import { tableNames } from './postgres-migrations.ts'

/** It is there, with what tells the ledger that is moved, from before the first of its rows until all are known to be there. */
export const moveTable = 'ledger_move'

/** The oldest version that its makers still mended when this was written. */
const oldest = 14

const stateSchema = z.object({
  version: z.int(),
  encoding: z.string(),
  isReadOnly: z.boolean(),
  fsync: z.string(),
  synchronousCommit: z.string(),
  user: z.string(),
  schema: z.string().nullable(),
  mayMake: z.boolean().nullable(),
  /** Tables of its schema that have the name of one of ours. */
  tables: z.array(z.string()),
  /** Whether a ledger is being moved to here. */
  isMoving: z.boolean(),
  /** Those of them that the user may not read and write. */
  closed: z.array(z.string()),
})

type State = z.infer<typeof stateSchema>

async function stateOf(db: Database): Promise<State> {
  const ours = [...tableNames, madeTable]
  const { rows } = await sql`
    with ours as (
      select c.relname as name, c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = current_schema() and c.relname = any(${ours}::text[]) and c.relkind in ('r', 'p', 'v', 'm', 'f')
    )
    select
      current_setting('server_version_num')::int / 10000 as version,
      current_setting('server_encoding') as encoding,
      (pg_is_in_recovery() or current_setting('transaction_read_only') = 'on') as "isReadOnly",
      current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as "synchronousCommit",
      current_user::text as user,
      current_schema()::text as schema,
      has_schema_privilege(current_schema(), 'create') as "mayMake",
      array(select name::text from ours order by name) as tables,
      exists(
        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = current_schema() and c.relname = ${moveTable}
      ) as "isMoving",
      array(
        select name::text from ours
        where not (
          has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
          and has_table_privilege(oid, 'update') and has_table_privilege(oid, 'delete')
        )
        order by name
      ) as closed
  `.execute(db)
  return stateSchema.parse(rows[0])
}

/** What keeps a database from being a ledger, and what helps; null for nothing. */
function obstacle(state: State): string | null {
  const { version, encoding, fsync, synchronousCommit, user, schema, tables, closed } = state
  if (version < oldest)
    return `PostgreSQL ${version} is too old. Parallax needs PostgreSQL ${oldest} or newer.`
  if (encoding !== 'UTF8')
    return `it keeps text as ${encoding}. Make another one: createdb --encoding UTF8 --template template0 NAME.`
  if (state.isReadOnly)
    return 'it takes no writes: it is a standby, or set to read only. Name the primary server.'
  if (fsync !== 'on' || synchronousCommit === 'off')
    return 'it may lose what it has acknowledged. Set fsync and synchronous_commit to on.'
  if (schema === null)
    return `the search path of ${user} names no schema that there is. Make one: CREATE SCHEMA NAME.`
  if (closed.length > 0)
    return `${user} may not read and write the table ${closed[0]}. Make ${user} its owner: ALTER TABLE … OWNER TO ….`
  if (tables.length > 0 && !tables.includes(madeTable))
    return `the schema ${schema} holds tables of another program (${tables.join(', ')}). Name another database.`
  if (tables.length === 0 && state.mayMake !== true)
    return `${user} may not make tables in the schema ${schema}. Make ${user} the owner of the database: ALTER DATABASE … OWNER TO ….`
  return null
}

const half =
  'a ledger that was moved here is not here whole. Run parallax ledger move again, or name another database.'

export interface Usable {
  readonly schema: string
  /** Whether it has no tables yet. */
  readonly isNew: boolean
}

/** Rejects with E_STORAGE, in one sentence, where the database cannot be a ledger; only whoever moves one takes half of one. */
export async function requireUsable(db: Database, place: string, isMover = false): Promise<Usable> {
  const state = await stateOf(db)
  const why = obstacle(state) ?? (state.isMoving && !isMover ? half : null)
  if (why !== null) throw new ParallaxError('E_STORAGE', `The job ledger ${place} cannot be used: ${why}`)
  return { schema: state.schema!, isNew: state.tables.length === 0 }
}
