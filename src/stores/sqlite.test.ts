import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleResult, sampleWork } from './samples.case.ts'
import { sqlLedger } from './sql-ledger.ts'
import { openSqliteLedger, sqliteDialect, sqliteVariant } from './sqlite.ts'

const variant = { ...sqliteVariant, wipe: async () => {}, compact: async () => {} }

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-ledger-'))
  file = join(folder, 'ledger.sqlite')
})
afterEach(() => rm(folder, { recursive: true }))

describe('the file', () => {
  test('is for its owner only, with its folder and what stands beside it', async () => {
    const home = join(folder, 'home')
    const store = await openSqliteLedger(join(home, 'ledger.sqlite'))
    await store.openBatch('b')
    const modeOf = async (path: string) => (await stat(path)).mode & 0o777
    expect(await modeOf(home)).toBe(0o700)
    const files = await readdir(home)
    expect(files.length).toBeGreaterThan(1)
    for (const name of files) expect(await modeOf(join(home, name))).toBe(0o600)
    await store.close()
  })

  test('that is no ledger is E_STORAGE', async () => {
    await writeFile(file, 'not a database, but long enough to be read as one '.repeat(100))
    await expect(openSqliteLedger(file)).rejects.toMatchObject({
      code: 'E_STORAGE',
      message: expect.stringContaining('not a Parallax ledger'),
    })
  })

  test('that cannot be made is E_STORAGE', async () => {
    await writeFile(file, '')
    await expect(openSqliteLedger(join(file, 'inside-a-file.sqlite'))).rejects.toMatchObject({
      code: 'E_STORAGE',
    })
  })

  test('on a full disk is E_STORAGE, and nothing is half written', async () => {
    const store = await openSqliteLedger(file)
    await store.openBatch('b')
    const big = sampleResult({ data: 'x'.repeat(2_000_000) })
    await store.submit('b', 0, 'a.png', sampleWork('k'))
    const lease = await store.lease('k')
    await store.close()
    const database = new Database(file)
    const [{ page_count: pages }] = database.prepare('PRAGMA page_count').all() as [{ page_count: number }]
    database.exec(`PRAGMA max_page_count = ${pages + 10}`)
    const full = sqlLedger(new Kysely({ dialect: sqliteDialect(database, file) }), variant)
    await expect(full.finish('k', lease!.token, 'accepted', big)).rejects.toMatchObject({
      code: 'E_STORAGE',
      message: expect.stringContaining('disk is full'),
    })
    expect(await full.result('k')).toBeNull()
    expect(await full.finish('k', lease!.token, 'accepted', sampleResult())).toBe(true)
    await full.close()
  })

  test('on a full disk has nothing of a batch, nor of those that came with it', async () => {
    const store = await openSqliteLedger(file)
    await store.close()
    const database = new Database(file)
    const [{ page_count: pages }] = database.prepare('PRAGMA page_count').all() as [{ page_count: number }]
    database.exec(`PRAGMA max_page_count = ${pages + 10}`)
    const full = sqlLedger(new Kysely({ dialect: sqliteDialect(database, file) }), variant)
    const files = (id: string, count: number) =>
      Array.from({ length: count }, (_, n) => ({ file: 'a.png', work: sampleWork(`${id}${n}`) }))
    const outcomes = await Promise.allSettled(
      ['a', 'b'].map((id) => full.submitAll(id, {}, files(id, id === 'a' ? 1 : 99))),
    )
    expect(outcomes[1]).toMatchObject({ reason: { code: 'E_STORAGE', message: /disk is full/ } })
    const found = await Promise.all(['a', 'b'].map(async (id) => (await full.batch(id)) !== null))
    expect(found).toEqual(outcomes.map(({ status }) => status === 'fulfilled'))
    expect((await full.submitAll('a', {}, files('a', 1))).jobs).toHaveLength(1)
    await full.close()
  })

  test('kept busy by another process is E_STORAGE, and usable afterwards', async () => {
    const store = await openSqliteLedger(file)
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    await expect(store.openBatch('b')).rejects.toMatchObject({ code: 'E_STORAGE' })
    other.exec('ROLLBACK')
    expect(await store.openBatch('b')).toMatchObject({ id: 'b' })
    other.close()
    await store.close()
  })

  test('kept busy while a statement runs is usable afterwards, for that statement and for others', async () => {
    const store = await openSqliteLedger(file, { busyMs: 10 })
    const key = (id: string) => ({
      ...{ id, tenant: 'a', name: 'ann', role: 'admin', hash: id },
      ...{ createdAt: new Date().toISOString(), revokedAt: null },
    })
    await store.keys.add(key('before') as never)
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    for (let tried = 0; tried < 3; tried++)
      await expect(store.keys.add(key('busy') as never)).rejects.toMatchObject({ code: 'E_STORAGE' })
    other.exec('ROLLBACK')
    await store.keys.add(key('after') as never)
    expect(await store.submitAll('b', {}, [{ file: 'a', work: sampleWork('k') }])).toMatchObject({
      batch: { id: 'b' },
    })
    expect((await store.keys.list()).map(({ id }) => id).sort()).toEqual(['after', 'before'])
    await store.compact()
    other.close()
    await store.close()
  })
})
