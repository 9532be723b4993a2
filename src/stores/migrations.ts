import { Migrator, type Kysely, type Migration } from 'kysely'

const first: Migration = {
  async up(db) {
    await db.schema
      .createTable('batches')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('works')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('blob', 'text', (c) => c.notNull())
      .addColumn('type_name', 'text', (c) => c.notNull())
      .addColumn('type_file', 'text')
      .addColumn('type_hash', 'text', (c) => c.notNull())
      .addColumn('route', 'text', (c) => c.notNull())
      .addColumn('ocr', 'text', (c) => c.notNull())
      .addColumn('pipeline', 'text', (c) => c.notNull())
      .addColumn('token', 'text')
      .addColumn('deaths', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('touched_at', 'text')
      .execute()
    await db.schema
      .createTable('results')
      .addColumn('key', 'text', (c) => c.primaryKey().references('works.key'))
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('error', 'text')
      .addColumn('result', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('jobs')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('batch_id', 'text', (c) => c.notNull().references('batches.id'))
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('file', 'text', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull().references('works.key'))
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('error', 'text')
      .addColumn('reviewed_by', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('updated_at', 'text', (c) => c.notNull())
      .addUniqueConstraint('jobs_place', ['batch_id', 'position'])
      .execute()
    await db.schema
      .createTable('corrections')
      .addColumn('job_id', 'text', (c) => c.notNull().references('jobs.id'))
      .addColumn('sequence', 'integer', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('field', 'text', (c) => c.notNull())
      .addColumn('before', 'text', (c) => c.notNull())
      .addColumn('after', 'text', (c) => c.notNull())
      .addColumn('corrected_by', 'text', (c) => c.notNull())
      .addColumn('corrected_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('corrections_place', ['job_id', 'sequence'])
      .execute()
    await db.schema.createIndex('works_touched').on('works').column('touched_at').execute()
    await db.schema.createIndex('jobs_status').on('jobs').columns(['status', 'key']).execute()
    await db.schema.createIndex('jobs_key').on('jobs').column('key').execute()
    await db.schema.createIndex('batches_created').on('batches').columns(['created_at', 'id']).execute()
  },
}

const vendorTemplates: Migration = {
  up: (db) => db.schema.alterTable('works').addColumn('templates', 'text').execute(),
}

const directPath: Migration = {
  up: (db) =>
    db.schema
      .alterTable('works')
      .addColumn('vlm', 'text', (c) => c.notNull().defaultTo('onnx'))
      .execute(),
}

const reprocessing: Migration = {
  up: (db) => db.schema.alterTable('works').addColumn('attempts', 'text').execute(),
}

const migrations: Record<string, Migration> = {
  '0001-first': first,
  '0002-vendor-templates': vendorTemplates,
  '0003-direct-path': directPath,
  '0004-reprocessing': reprocessing,
}

/** Brings the tables up to date; a ledger written by a newer version is an error. */
export async function migrate(db: Kysely<any>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error as Error
}
