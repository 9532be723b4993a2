import { sql, type Kysely, type Migration, type RawBuilder, type SqlBool } from 'kysely'
import type { LedgerTables } from './ledger-tables.ts'
import { sharedMigrations } from './migrations.ts'
import { sealAll, sealAttempts, sealedTables } from './seal-all.ts'

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

const service: Migration = {
  async up(db) {
    const addText = (table: string, column: string) =>
      db.schema.alterTable(table).addColumn(column, 'text').execute()
    const addFilled = (
      table: string,
      column: string,
      type: 'text' | 'integer' | 'double precision',
      value: string | number,
    ) =>
      db.schema
        .alterTable(table)
        .addColumn(column, type, (c) => c.notNull().defaultTo(value))
        .execute()
    const addIndex = (name: string, table: string, columns: string[], where?: RawBuilder<SqlBool>) => {
      const index = db.schema.createIndex(name).on(table).columns(columns)
      return (where ? index.where(where) : index).execute()
    }

    await addFilled('batches', 'tenant', 'text', 'local')
    await addText('batches', 'callback')
    await addText('batches', 'request')
    await addText('batches', 'callback_due_at')
    await addFilled('batches', 'callback_attempts', 'integer', 0)
    await addText('batches', 'callback_settled_at')
    await addText('batches', 'callback_failure')
    await addText('works', 'left_by')
    await addFilled('results', 'urgency', 'double precision', 0)
    await addFilled('jobs', 'tenant', 'text', 'local')
    await addFilled('jobs', 'opened_at', 'text', '')
    await addFilled('jobs', 'urgency', 'double precision', 0)
    await addFilled('jobs', 'skipped', 'integer', 0)
    await addText('jobs', 'held_by')
    await addText('jobs', 'held_until')
    const openedAt = db
      .selectFrom('batches')
      .select('created_at')
      .whereRef('batches.id', '=', 'jobs.batch_id')
    await db.updateTable('jobs').set({ opened_at: openedAt }).execute()

    await db.schema
      .createTable('keys')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull().unique())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('revoked_at', 'text')
      .execute()

    const place = ['opened_at', 'batch_id', 'position']
    const urgency = ['skipped', 'urgency desc', ...place]
    const toReview = sql<SqlBool>`status = 'needs_review'`
    const ended = sql<SqlBool>`status not in ('queued', 'running', 'reprocessing', 'needs_review')`
    await db.schema.dropIndex('jobs_status').execute()
    await addIndex('jobs_place_of_all', 'jobs', place)
    await addIndex('jobs_status', 'jobs', ['status', ...place])
    await addIndex('jobs_tenant', 'jobs', ['tenant', ...place])
    await addIndex('jobs_tenant_status', 'jobs', ['tenant', 'status', ...place])
    await addIndex('jobs_batch_status', 'jobs', ['batch_id', 'status', 'position'])
    await addIndex('jobs_review', 'jobs', ['status', ...urgency], toReview)
    await addIndex('jobs_tenant_review', 'jobs', ['tenant', ...urgency], toReview)
    await addIndex('jobs_held', 'jobs', ['held_by', 'held_until'], sql<SqlBool>`held_by is not null`)
    await addIndex('jobs_ended', 'jobs', ['updated_at', 'id'], ended)
    await addIndex('batches_tenant', 'batches', ['tenant', 'created_at', 'id'])
    await addIndex(
      'batches_due',
      'batches',
      ['callback_due_at', 'id'],
      sql<SqlBool>`callback_due_at is not null`,
    )
    await addIndex('works_blob', 'works', ['blob'])
    await addIndex('works_templates', 'works', ['templates'])
    await addIndex('works_left', 'works', ['left_by'], sql<SqlBool>`left_by is not null`)
  },
}

const seals: Migration = {
  async up(db: Kysely<LedgerTables>) {
    await db.schema.alterTable('works').addColumn('attempts_seal', 'text').execute()
    await db.schema
      .createTable('removals')
      .addColumn('blob', 'text', (c) => c.primaryKey())
      .execute()
    await db.schema
      .createTable('compactions')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('asked', 'text', (c) => c.notNull())
      .execute()
    for (const table of sealedTables) {
      await db.schema
        .alterTable(table)
        .addColumn('seal', 'text', (c) => c.notNull().defaultTo(''))
        .execute()
      await sealAll(db, table)
    }
    await sealAttempts(db)
  },
}

const priorities: Migration = {
  async up(db) {
    for (const table of ['batches', 'jobs'])
      await db.schema
        .alterTable(table)
        .addColumn('priority', 'integer', (c) => c.notNull().defaultTo(0))
        .execute()
    await db.schema
      .createIndex('jobs_turn')
      .on('jobs')
      .columns(['tenant', 'priority desc', 'opened_at', 'batch_id', 'position'])
      .where(sql<SqlBool>`status = 'queued'`)
      .execute()
  },
}

/** How the tables of a SQLite ledger came to be what they are, from its first version on. */
export const sqliteMigrations: Readonly<Record<string, Migration>> = {
  '0001-first': first,
  '0002-vendor-templates': vendorTemplates,
  '0003-direct-path': directPath,
  '0004-reprocessing': reprocessing,
  '0005-service': service,
  '0006-seals': seals,
  '0007-priorities': priorities,
  ...sharedMigrations,
}
