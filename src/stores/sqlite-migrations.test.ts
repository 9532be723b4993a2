import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import Database from 'libsql'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { killAfter } from './kill.case.ts'
import { migratorOf } from './migrations.ts'
import { seeded } from './random.case.ts'
import { sampleResult } from './samples.case.ts'
import { sqliteMigrations } from './sqlite-migrations.ts'
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
  expect((await migratorOf(db, sqliteMigrations).migrateTo('0004-reprocessing')).error).toBeUndefined()
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
  expect(jobs[2]).toMatchObject({ tenant: 'local', reviewPriority: 0, file: 'a.png' })
  expect((await ledger.batches({ tenant: 'local' })).map(({ id }) => id)).toEqual(['a', 'z'])
  expect(await ledger.reviewQueue({})).toEqual([jobs[2]])
  expect(await ledger.callbacks.take('2100', '2101', 10)).toEqual([])
  expect(await ledger.lease('k')).toMatchObject({ key: 'k', vlm: 'onnx' })
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

test('a ledger that a newer version has written is named as such', async () => {
  await (await openSqliteLedger(file)).close()
  const database = new Database(file)
  database.exec(`INSERT INTO kysely_migration VALUES ('9999-to-come', '2100-01-01T00:00:00.000Z')`)
  database.close()
  await expect(openSqliteLedger(file)).rejects.toMatchObject({
    code: 'E_STORAGE',
    message: expect.stringContaining('newer Parallax'),
  })
})

/** The same with many results, so that bringing it up to date takes a moment. */
async function writeMany(): Promise<void> {
  await writeBefore0005()
  const database = new Database(file)
  const result = JSON.stringify(sampleResult()).replaceAll("'", "''")
  database.exec(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
    INSERT INTO works (key, blob, type_name, type_hash, route, ocr, pipeline)
      SELECT 'k' || i, 'blob', 'receipt', 'h', 'auto', 'pp-ocr', 'parallax@1' FROM n;
    INSERT INTO results (key, status, result, created_at)
      SELECT key, 'accepted', '${result}', '2026-01-01T00:00:00.000Z' FROM works;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
    INSERT INTO jobs SELECT 'x' || i, 'a', i, 'a.png', 'k' || i, 'accepted', NULL, NULL,
      '2026-02-01T00:00:00.001Z', '2026-02-01T00:00:00.001Z' FROM n;
  `)
  database.close()
}

test(
  'a migration that is killed at any moment is made by whoever comes next',
  { timeout: 120_000 },
  async () => {
    await writeMany()
    const before = await readFile(file)
    const random = seeded(6)
    for (let kill = 0; kill < 8; kill++) {
      const copy = join(folder, `${kill}.sqlite`)
      await writeFile(copy, before)
      await killAfter(join(import.meta.dirname, 'migrating.child.ts'), [copy], random() * 400)
      const ledger = await openSqliteLedger(copy)
      expect((await ledger.counts()).accepted).toBe(2001)
      expect(await ledger.result('k2000')).toEqual(sampleResult())
      for await (const damaged of ledger.damaged()) expect(damaged).toBeNull()
      await ledger.close()
    }
  },
)
