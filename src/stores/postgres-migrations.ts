import { sql, type ColumnDataType, type Kysely, type Migration, type RawBuilder, type SqlBool } from 'kysely'
import { sharedMigrations } from './migrations.ts'

/** Compared byte by byte, as SQLite compares text, whatever the database's language: listings and ranges of digests rest on it. */
const text = sql`text collate "C"`

type Type = ColumnDataType | RawBuilder<unknown>
type Columns = Readonly<Record<string, readonly [Type, 'null' | 'not null']>>

const may = (type: Type) => [type, 'null'] as const
const must = (type: Type) => [type, 'not null'] as const

const tables: Readonly<Record<string, Columns>> = {
  batches: {
    ...{ id: must(text), created_at: must(text), tenant: must(text), callback: may(text) },
    ...{ request: may(text), callback_due_at: may(text), callback_attempts: must('integer') },
    ...{ callback_settled_at: may(text), callback_failure: may(text), seal: must(text) },
    priority: must('integer'),
  },
  works: {
    ...{ key: must(text), blob: must(text), type_name: must(text), type_file: may(text) },
    ...{ type_hash: must(text), route: must(text), ocr: must(text), pipeline: must(text) },
    ...{ token: may(text), deaths: must('integer'), touched_at: may(text), templates: may(text) },
    ...{ vlm: must(text), attempts: may(text), left_by: may(text), attempts_seal: may(text) },
    seal: must(text),
  },
  results: {
    ...{ key: must(text), status: must(text), error: may(text), result: must(text) },
    ...{ created_at: must(text), urgency: must('double precision'), seal: must(text) },
  },
  jobs: {
    ...{ id: must(text), batch_id: must(text), position: must('integer'), file: must(text) },
    ...{ key: must(text), status: must(text), error: may(text), reviewed_by: may(text) },
    ...{ created_at: must(text), updated_at: must(text), tenant: must(text), opened_at: must(text) },
    ...{ urgency: must('double precision'), skipped: must('integer'), held_by: may(text) },
    ...{ held_until: may(text), seal: must(text), priority: must('integer') },
  },
  corrections: {
    ...{ job_id: must(text), sequence: must('integer'), key: must(text), field: must(text) },
    ...{ before: must(text), after: must(text), corrected_by: must(text), corrected_at: must(text) },
    seal: must(text),
  },
  keys: {
    ...{ id: must(text), tenant: must(text), name: must(text), role: must(text) },
    ...{ hash: must(text), created_at: must(text), revoked_at: may(text), seal: must(text) },
  },
  removals: { blob: must(text) },
  compactions: { id: must('integer'), asked: must(text) },
}

/** Those of the shared migrations too. */
export const tableNames: readonly string[] = [...Object.keys(tables), 'decisions']

async function makeTable(db: Kysely<any>, name: string, columns: Columns): Promise<void> {
  let table = db.schema.createTable(name)
  for (const [column, [type, nullable]] of Object.entries(columns))
    table = table.addColumn(column, type, (c) => (nullable === 'not null' ? c.notNull() : c))
  await table.execute()
}

const constraints: readonly string[] = [
  'alter table batches add primary key (id)',
  'alter table works add primary key (key)',
  'alter table results add primary key (key), add foreign key (key) references works (key)',
  'alter table jobs add primary key (id), add constraint jobs_place unique (batch_id, position), add foreign key (batch_id) references batches (id), add foreign key (key) references works (key)',
  'alter table corrections add primary key (job_id, sequence), add foreign key (job_id) references jobs (id)',
  'alter table keys add primary key (id), add unique (hash)',
  'alter table removals add primary key (blob)',
  'alter table compactions add primary key (id)',
]

type Index = readonly [name: string, table: string, columns: readonly string[], where?: RawBuilder<SqlBool>]

const place = ['opened_at', 'batch_id', 'position']
const review = ['skipped', 'urgency desc', ...place]
const toReview = sql<SqlBool>`status = 'needs_review'`

const indexes: readonly Index[] = [
  ['batches_created', 'batches', ['created_at', 'id']],
  ['batches_tenant', 'batches', ['tenant', 'created_at', 'id']],
  ['batches_due', 'batches', ['callback_due_at', 'id'], sql<SqlBool>`callback_due_at is not null`],
  ['works_touched', 'works', ['touched_at']],
  ['works_blob', 'works', ['blob']],
  ['works_templates', 'works', ['templates']],
  ['works_left', 'works', ['left_by'], sql<SqlBool>`left_by is not null`],
  ['jobs_key', 'jobs', ['key']],
  ['jobs_place_of_all', 'jobs', place],
  ['jobs_status', 'jobs', ['status', ...place]],
  ['jobs_tenant', 'jobs', ['tenant', ...place]],
  ['jobs_tenant_status', 'jobs', ['tenant', 'status', ...place]],
  ['jobs_batch_status', 'jobs', ['batch_id', 'status', 'position']],
  ['jobs_review', 'jobs', ['status', ...review], toReview],
  ['jobs_tenant_review', 'jobs', ['tenant', ...review], toReview],
  ['jobs_held', 'jobs', ['held_by', 'held_until'], sql<SqlBool>`held_by is not null`],
  [
    'jobs_ended',
    'jobs',
    ['updated_at', 'id'],
    sql<SqlBool>`status not in ('queued', 'running', 'reprocessing', 'needs_review')`,
  ],
  ['jobs_turn', 'jobs', ['tenant', 'priority desc', ...place], sql<SqlBool>`status = 'queued'`],
]

/** The tables as a SQLite ledger has them by then. */
const first: Migration = {
  async up(db: Kysely<any>) {
    for (const [name, columns] of Object.entries(tables)) await makeTable(db, name, columns)
    for (const constraint of constraints) await sql.raw(constraint).execute(db)
    for (const [name, table, columns, where] of indexes) {
      const index = db.schema
        .createIndex(name)
        .on(table)
        .columns([...columns])
      await (where ? index.where(where) : index).execute()
    }
  },
}

/** How the tables of a PostgreSQL ledger came to be what they are. */
export const postgresMigrations: Readonly<Record<string, Migration>> = {
  '0001-first': first,
  ...sharedMigrations,
}
