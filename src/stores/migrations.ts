import { Migrator, sql, type Kysely, type Migration } from 'kysely'
import { ParallaxError } from '../core/errors.ts'

type Migrations = Readonly<Record<string, Migration>>

/** What has come since there are two databases; each makes its columns of types that both know: text, integer, double precision. */
export const sharedMigrations: Migrations = {}

/** Kysely looks for its own tables in every schema unless it is told which. */
export const migratorOf = (db: Kysely<any>, migrations: Migrations, schema?: string): Migrator =>
  new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  })

/** Kysely notes here which migrations were made. */
export const madeTable = 'kysely_migration'

/** Rejects with E_STORAGE, which calls the ledger by `name`, where a newer version has written it. */
export async function requireKnown(db: Kysely<any>, name: string, migrations: Migrations): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(madeTable)}`.execute(db)
  if (rows.every((row) => row.name in migrations)) return
  throw new ParallaxError(
    'E_STORAGE',
    `The job ledger ${name} was written by a newer Parallax. Use that version, or choose another place.`,
  )
}

/** Brings the tables up to date. */
export async function migrate(migrator: Migrator): Promise<void> {
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error as Error
}
