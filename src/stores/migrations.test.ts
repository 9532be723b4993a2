import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import Database from 'libsql'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migratorOf } from './migrations.ts'
import { openSqliteLedger, sqliteDialect } from './sqlite.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-migrations-'))
  file = join(folder, 'ledger.sqlite')
})
afterEach(() => rm(folder, { recursive: true }))

/** A ledger as it was before tenants and reviews in turn: two batches, three jobs. */
async function writeBefore0005(): Promise<void> {
  const database = new Database(file)
  const db = new Kysely({ dialect: sqliteDialect(database, file) })
  expect((await migratorOf(db).migrateTo('0004-reprocessing')).error).toBeUndefined()
  database.exec(`
    INSERT INTO batches VALUES ('z', '2026-01-01T00:00:00.000Z'), ('a', '2026-02-01T00:00:00.000Z');
    INSERT INTO works (key, blob, type_name, type_hash, route, ocr, pipeline)
      VALUES ('k', 'blob', 'receipt', 'h', 'auto', 'pp-ocr', 'parallax@1');
    INSERT INTO jobs VALUES
      ('j1', 'a', 0, 'a.png', 'k', 'needs_review', NULL, NULL, '2026-02-01T00:00:00.001Z', '2026-02-01T00:00:00.001Z'),
      ('j2', 'z', 1, 'b.png', 'k', 'accepted', NULL, NULL, '2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'),
      ('j3', 'z', 0, 'c.png', 'k', 'queued', NULL, NULL, '2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z');
  `)
  await db.destroy()
}

test("a ledger of an earlier version is the local tenant's, in its old order", async () => {
  await writeBefore0005()
  const ledger = await openSqliteLedger(file)
  const jobs = await ledger.list({ tenant: 'local' })
  expect(jobs.map(({ id }) => id)).toEqual(['j3', 'j2', 'j1'])
  expect(jobs[2]).toMatchObject({ tenant: 'local', urgency: 0, file: 'a.png' })
  expect((await ledger.batches({ tenant: 'local' })).map(({ id }) => id)).toEqual(['a', 'z'])
  expect(await ledger.reviewQueue({})).toEqual([jobs[2]])
  expect(await ledger.callbacks.take('2100', '2101', 10)).toEqual([])
  expect(await ledger.claim('k')).toMatchObject({ key: 'k', vlm: 'onnx' })
  await ledger.close()
})

test('processes that find an earlier ledger at the same time bring it up to date once', async () => {
  await writeBefore0005()
  const ledgers = await Promise.all(Array.from({ length: 4 }, () => openSqliteLedger(file)))
  for (const ledger of ledgers) {
    expect(await ledger.list({})).toHaveLength(3)
    await ledger.close()
  }
})
