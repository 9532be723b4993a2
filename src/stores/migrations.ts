import { Migrator, sql, type Kysely, type Migration } from 'kysely'
import { ParallaxError } from '../core/errors.ts'

type Migrations = Readonly<Record<string, Migration>>

const decisions: Migration = {
  async up(db) {
    await db.schema.alterTable('jobs').addColumn('rejection', 'text').execute()
    await db.schema
      .alterTable('batches')
      .addColumn('callback_again', 'integer', (c) => c.notNull().defaultTo(0))
      .execute()
    await db.schema
      .createTable('decisions')
      .addColumn('seal', 'text', (c) => c.notNull())
      .addColumn('job_id', 'text', (c) => c.notNull().references('jobs.id'))
      .addColumn('sequence', 'integer', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('rejection', 'text')
      .addColumn('decided_by', 'text', (c) => c.notNull())
      .addColumn('decided_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('decisions_place', ['job_id', 'sequence'])
      .execute()
  },
}

const batchNotes: Migration = {
  async up(db) {
    for (const column of ['name', 'reference', 'metadata'])
      await db.schema.alterTable('batches').addColumn(column, 'text').execute()
  },
}

const toldTypes: Migration = {
  async up(db) {
    await db.schema.alterTable('works').addColumn('type_told', 'text').execute()
  },
}

/** What has come since there are two databases; each makes its columns of types that both know: text, integer, double precision. */
export const sharedMigrations: Migrations = {
  '0008-decisions': decisions,
  '0009-batch-notes': batchNotes,
  '0010-told-types': toldTypes,
}

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
