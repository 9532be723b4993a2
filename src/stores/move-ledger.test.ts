import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import Database from 'libsql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Ledger } from '../core/ledger.ts'
import { createKey } from '../service/access/keys.ts'
import type { TableDigest } from './keyed-rows.ts'
import type { LedgerTables } from './ledger-tables.ts'
import { moveLedger } from './move-ledger.ts'
import { openLedger } from './open-ledger.ts'
import { noPostgres, startPostgres, type PostgresServer } from './postgres-server.case.ts'
import { openMoveTarget } from './postgres.ts'
import { sampleResult, sampleWork } from './samples.case.ts'
import { birthOfSqlite } from './sqlite-copy.ts'
import { openMoveSource, openSqliteLedger } from './sqlite.ts'

describe.skipIf(noPostgres !== null)(noPostgres ?? 'a ledger that is moved to PostgreSQL', () => {
  let server: PostgresServer
  let folder: string
  let file: string
  beforeAll(async () => void (server = await startPostgres()))
  afterAll(() => server[Symbol.asyncDispose]())
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parallax-move-'))
    file = join(folder, 'ledger.sqlite')
  })
  afterEach(() => rm(folder, { recursive: true }))

  let count = 0
  async function database(): Promise<string> {
    const name = `move${count++}`
    await server.sql(
      `create database ${name} template template0 locale_provider icu icu_locale 'en' locale 'C'`,
    )
    return name
  }

  /** Documents in every state that a table has something for, more than are moved at once. */
  async function fill(ledger: Ledger, documents = 250): Promise<readonly string[]> {
    const { jobs } = await ledger.submitAll(
      'b',
      { name: 'März 🧾', metadata: { cost: '1' } },
      Array.from({ length: documents }, (_, n) => ({
        file: `${n % 2 ? 'É' : 'e'}${n}.png`,
        work: sampleWork(`k${n}`),
      })),
    )
    for (let n = 0; n < documents; n += 3) {
      const lease = await ledger.lease(`k${n}`)
      const status = n % 2 === 0 ? 'needs_review' : 'accepted'
      await ledger.finish(
        `k${n}`,
        lease!.token,
        status,
        sampleResult({ data: { n, text: 'ﬀ\u{1F9FE}\n' } }),
        0.1 * n,
      )
    }
    await ledger.closeReview(jobs[0]!.id, { status: 'reviewed', by: 'ann' })
    await createKey(ledger.keys, { name: 'scanner', role: 'admin', tenant: 'local' })
    await ledger.delete(jobs[1]!.id)
    return jobs.map(({ id }) => id)
  }

  async function move(
    name: string,
    end: (table: string) => void = () => {},
  ): Promise<ReadonlyMap<string, TableDigest>> {
    const tables = new Map<string, TableDigest>()
    const from = await openMoveSource(file)
    let to: Kysely<LedgerTables> | undefined
    try {
      to = await openMoveTarget({ connectionString: server.url(name) }, name, 1_000)
      await moveLedger({
        ...{ from, to, identity: birthOfSqlite(file), place: name },
        onTable: (table, digest) => (end(table), tables.set(table, digest)),
      })
      return tables
    } finally {
      await from.destroy()
      await to?.destroy()
    }
  }

  const open = async (name: string): Promise<Ledger> => (await openLedger(server.url(name), '/')).store

  async function damagedOf(ledger: Ledger): Promise<number> {
    let damaged = 0
    for await (const _ of ledger.damaged()) damaged++
    return damaged
  }

  test('holds all that it held, under seals that are good, and goes on from there', async () => {
    const ledger = await openSqliteLedger(file)
    const ids = await fill(ledger)
    const before = {
      counts: await ledger.counts(),
      list: await ledger.list({ limit: 1000 }),
      keys: await ledger.keys.list(),
      removals: await ledger.removals(10),
      result: await ledger.result('k3'),
      decisions: await ledger.decisions(ids[0]!),
    }
    await ledger.close()
    const name = await database()
    const tables = await move(name)
    expect(tables.get('jobs')!.rows).toBe(249)
    expect([...tables].filter(([, { rows }]) => rows === 0).map(([table]) => table)).toEqual(['corrections'])

    const moved = await open(name)
    expect(await damagedOf(moved)).toBe(0)
    expect({
      counts: await moved.counts(),
      list: await moved.list({ limit: 1000 }),
      keys: await moved.keys.list(),
      removals: await moved.removals(10),
      result: await moved.result('k3'),
      decisions: await moved.decisions(ids[0]!),
    }).toEqual(before)
    const lease = await moved.lease('k2')
    expect(await moved.finish('k2', lease!.token, 'accepted', sampleResult())).toBe(true)
    await moved.close()
  })

  test('that was cut short cannot be opened, and goes on where it was', async () => {
    const ledger = await openSqliteLedger(file)
    await fill(ledger)
    await ledger.close()
    const name = await database()
    const cut = (table: string): void => {
      if (table === 'works') throw new Error('cut')
    }
    await expect(move(name, cut)).rejects.toThrow('cut')
    // As if it had ended amid a table: rows of its end are not there yet.
    await server.sql("delete from corrections; delete from decisions; delete from jobs where id > '8'", name)
    await expect(open(name)).rejects.toMatchObject({
      code: 'E_STORAGE',
      message: expect.stringContaining('Run parallax ledger move again'),
    })
    expect((await move(name)).get('jobs')!.rows).toBe(249)
    const moved = await open(name)
    expect(await damagedOf(moved)).toBe(0)
    await moved.close()
    await expect(move(name)).rejects.toMatchObject({
      code: 'E_CONFLICT',
      message: expect.stringContaining('has rows'),
    })
  })

  test('is not moved among rows of another one, nor where another one is being moved', async () => {
    const ledger = await openSqliteLedger(file)
    await fill(ledger, 3)
    await ledger.close()
    const foreign = await database()
    const other = await open(foreign)
    await other.openBatch('theirs')
    await other.close()
    await expect(move(foreign)).rejects.toMatchObject({
      code: 'E_CONFLICT',
      message: `The ledger cannot be moved to ${foreign}: its table batches has rows. Name an empty database.`,
    })
    expect(await server.sql('select id from batches', foreign)).toEqual([{ id: 'theirs' }])

    const begun = await database()
    await server.sql(
      "create table ledger_move (source text); insert into ledger_move values ('another')",
      begun,
    )
    await expect(move(begun)).rejects.toMatchObject({
      code: 'E_CONFLICT',
      message: expect.stringContaining('another ledger is being moved there'),
    })
  })

  test('is told where what arrived is not what was sent', async () => {
    const ledger = await openSqliteLedger(file)
    await fill(ledger, 3)
    await ledger.close()
    const name = await database()
    const cut = (): void => {
      throw new Error('cut')
    }
    await expect(move(name, cut)).rejects.toThrow('cut')
    await server.sql("update results set result = replace(result, 'RM9', 'RM8')", name)
    await expect(move(name)).rejects.toMatchObject({
      code: 'E_CONFLICT',
      message: expect.stringContaining(`The table results of ${name} has not what the ledger has`),
    })
    await expect(open(name)).rejects.toMatchObject({ code: 'E_STORAGE' })
  })

  test('names a row that PostgreSQL cannot hold', async () => {
    const ledger = await openSqliteLedger(file)
    const [id] = await fill(ledger, 3)
    await ledger.close()
    const raw = new Database(file)
    raw.exec(`update jobs set file = 'a' || char(0) || 'b' where id = '${id!}'`)
    raw.close()
    await expect(move(await database())).rejects.toMatchObject({
      message: expect.stringContaining(`The row ${id!} of the table jobs could not be moved`),
    })
  })

  test('is written by nobody else meanwhile', async () => {
    const ledger = await openSqliteLedger(file, { busyMs: 10 })
    await fill(ledger, 3)
    const name = await database()
    let busy: Promise<unknown> | undefined
    await move(name, () => void (busy ??= ledger.openBatch('late').catch((error: unknown) => error)))
    expect(await busy).toMatchObject({ code: 'E_STORAGE' })
    await ledger.close()
  })
})
