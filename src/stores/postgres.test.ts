import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'libsql'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Job } from '../core/jobs.ts'
import type { Ledger } from '../core/ledger.ts'
import { code, later } from './ledger.case.ts'
import { openLedger } from './open-ledger.ts'
import { noPostgres, startPostgres, type PostgresServer } from './postgres-server.case.ts'
import { sampleResult, sampleWork } from './samples.case.ts'

describe.skipIf(noPostgres !== null)(noPostgres ?? 'PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => void (server = await startPostgres()))
  afterAll(() => server[Symbol.asyncDispose]())

  const open = async (url: string, busyMs = 5_000): Promise<Ledger> =>
    (await openLedger(url, '/', { busyMs })).store

  let count = 0
  /** A new database, as the statement that makes it says. */
  async function database(how = ''): Promise<string> {
    const name = `db${count++}`
    await server.sql(`create database ${name} ${how}`)
    return name
  }

  /** The sentence with which a database is refused; it is one, names the ledger and shows no password. */
  async function refusalOf(url: string): Promise<string> {
    const error: unknown = await open(url, 1_000).then(
      async (ledger) => ledger.close().then(() => 'it was not refused'),
      (reason: unknown) => reason,
    )
    expect(error).toEqual(code('E_STORAGE'))
    const { message } = error as Error
    expect(message).toMatch(/^The job ledger postgres:\/\/[^?@\n]*\/\S+ cannot be used: [^\n]+\.$/)
    expect(message).not.toMatch(/hunter2/)
    return message
  }

  // First, since a checkpoint takes as long as there are databases.
  test('what was deleted is in none of its tables’ files after they were written anew', async () => {
    const name = await database()
    const ledger = await open(server.url(name))
    const files = `select bool_or(position('CANARY'::bytea in pg_read_binary_file(pg_relation_filepath(oid))) > 0) as found
       from pg_class where relname in ('jobs', 'works', 'batches') and relkind = 'r'`
    await ledger.openBatch('b')
    const job = await ledger.submit('b', 0, 'CANARY-7f3a.png', sampleWork('k'))
    await ledger.delete(job.id)
    await server.sql('checkpoint', name)
    expect(await server.sql(files, name)).toEqual([{ found: true }])
    expect(await ledger.isCompactionOwed()).toBe(true)
    await ledger.compact()
    expect(await ledger.isCompactionOwed()).toBe(false)
    expect(await server.sql(files, name)).toEqual([{ found: false }])
    await ledger.close()
  })

  describe('refuses in a sentence', () => {
    test('a server that is not there', async () => {
      expect(await refusalOf('postgres://me:hunter2@127.0.0.1:1/ledger')).toContain('it does not answer')
      expect(await refusalOf('postgres://me:hunter2@%2Fno%2Fsuch%2Ffolder/ledger')).toContain(
        'it does not answer',
      )
    })

    test('a database that is not there', async () => {
      expect(await refusalOf(server.url('nowhere', 'boss:hunter2'))).toContain('there is no such database')
    })

    test('a user that is not known', async () => {
      expect(await refusalOf(server.url('postgres', 'nobody:hunter2'))).toContain(
        'the user or the password is refused',
      )
    })

    test('text that is not UTF-8', async () => {
      const name = await database("template template0 encoding 'LATIN1' locale 'C'")
      expect(await refusalOf(server.url(name))).toContain('it keeps text as LATIN1')
    })

    test('a user without rights, at the start and when tables are somebody else’s', async () => {
      const name = await database()
      await server.sql('create role guest login; revoke create on schema public from public', name)
      expect(await refusalOf(server.url(name, 'guest'))).toContain(
        'guest may not make tables in the schema public',
      )
      await (await open(server.url(name))).close()
      expect(await refusalOf(server.url(name, 'guest'))).toContain(
        'guest may not read and write the table batches',
      )
    })

    test('tables of another program', async () => {
      const name = await database()
      await server.sql('create table jobs (id int); create table keys (id int)', name)
      expect(await refusalOf(server.url(name))).toContain('tables of another program (jobs, keys)')
    })

    test('a ledger that a newer version has written', async () => {
      const name = await database()
      await (await open(server.url(name))).close()
      await server.sql(
        "insert into kysely_migration values ('9999-to-come', '2100-01-01T00:00:00.000Z')",
        name,
      )
      await expect(open(server.url(name))).rejects.toMatchObject({
        code: 'E_STORAGE',
        message: expect.stringContaining('newer Parallax'),
      })
    })

    test('what takes no writes, and what may lose some', async () => {
      const name = await database()
      await server.sql(`alter database ${name} set default_transaction_read_only = on`)
      expect(await refusalOf(server.url(name))).toContain('it takes no writes')
      const hasty = await database()
      await server.sql(`alter database ${hasty} set synchronous_commit = off`)
      expect(await refusalOf(server.url(hasty))).toContain('it may lose what it has acknowledged')
    })

    test('a search path without a schema', async () => {
      const name = await database()
      expect(await refusalOf(server.url(name, 'boss', { options: '-c search_path=none' }))).toContain(
        'names no schema that there is',
      )
    })

    test('a URL that cannot be taken apart, without repeating it', async () => {
      await expect(openLedger('postgres://me:hunter2@host:port/db', '/')).rejects.toMatchObject({
        code: 'E_BAD_REQUEST',
        message: expect.not.stringContaining('hunter2'),
      })
    })
  })

  test('goes on by itself after the server was away, and has lost nothing', async () => {
    const name = await database()
    const ledger = await open(server.url(name), 1_000)
    await ledger.openBatch('b')
    const job = await ledger.submit('b', 0, 'a.png', sampleWork('k'))
    const lease = await ledger.lease('k')
    await server.stop('SIGQUIT') // As a crash: its log is read again at the next start.
    for (let tried = 0; tried < 3; tried++) {
      await expect(ledger.get(job.id)).rejects.toEqual(code('E_STORAGE'))
      await expect(ledger.submitAll('c', {}, [{ file: 'a', work: sampleWork('l') }])).rejects.toEqual(
        code('E_STORAGE'),
      )
    }
    await server.start()
    expect(await ledger.get(job.id)).toMatchObject({ status: 'running' })
    expect(await ledger.finish('k', lease!.token, 'accepted', sampleResult())).toBe(true)
    expect((await ledger.submitAll('c', {}, [{ file: 'a', work: sampleWork('l') }])).jobs).toHaveLength(1)
    await ledger.close()
  })

  test('refuses the character NUL as what somebody should not have sent, and goes on', async () => {
    const ledger = await open(server.url(await database()))
    await ledger.openBatch('b')
    await expect(ledger.get('a\0b')).rejects.toEqual(code('E_BAD_REQUEST'))
    await expect(ledger.submit('b', 0, 'a\0b.png', sampleWork('k'))).rejects.toEqual(code('E_BAD_REQUEST'))
    expect((await ledger.submit('b', 0, 'a\u{1F9FE}b\ud800.png', sampleWork('k'))).status).toBe('queued')
    expect((await ledger.list({}))[0]).toMatchObject({ file: 'a\u{1F9FE}b\ufffd.png', status: 'queued' })
    await ledger.close()
  })

  test('whose connection ends between the statements of a transaction ends that, and nothing else', async () => {
    const name = await database()
    const ledger = await open(server.url(name))
    const ended = ledger.removeBlob('f'.repeat(64), async () => {
      await server.stop('SIGQUIT')
      await delay(100) // The end of the connection is told while nobody asks anything of it.
    })
    await expect(ended).rejects.toEqual(code('E_STORAGE'))
    await server.start()
    expect(await ledger.openBatch('b')).toMatchObject({ id: 'b' })
    await ledger.close()
  })

  test('whose connection ends amid a transaction has nothing of it, and goes on with another', async () => {
    const name = await database()
    const ledger = await open(server.url(name))
    await ledger.openBatch('b')
    await ledger.submit('b', 0, 'a.png', sampleWork('k'))
    const blob = sampleWork('k').blob
    const terminated = ledger.removeBlob('f'.repeat(64), async () => {
      await server.sql(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
      )
    })
    await expect(terminated).rejects.toEqual(code('E_STORAGE'))
    expect(await ledger.needs(blob)).toBe(true)
    await ledger.close()
  })

  test('with no connection left is E_STORAGE, and usable when there is one again', async () => {
    const name = await database('connection limit 1')
    await server.sql('create role few login')
    await server.sql(`alter database ${name} owner to few`)
    // The server counts a connection for a moment after it has been closed.
    const opened = () => vi.waitFor(() => open(server.url(name, 'few'), 1_000), { timeout: 20_000 })
    const ledger = await opened()
    expect(await ledger.batch('b')).toBeNull()
    expect(await refusalOf(server.url(name, 'few'))).toContain('no connection left')
    expect(await ledger.openBatch('b')).toMatchObject({ id: 'b' })
    await ledger.close()
    await (await opened()).close()
  })

  test('that somebody else keeps locked is E_STORAGE, and usable afterwards', async () => {
    const name = await database()
    const ledger = await open(server.url(name), 200)
    const other = new Client({ connectionString: server.url(name) })
    await other.connect()
    await other.query('begin; lock table batches in access exclusive mode')
    await expect(ledger.openBatch('b')).rejects.toMatchObject({ message: expect.stringContaining('busy') })
    await other.query('rollback')
    expect(await ledger.openBatch('b')).toMatchObject({ id: 'b' })
    await other.end()
    await ledger.close()
  })

  test('has the tables, columns and indexes that a SQLite ledger has', async () => {
    const name = await database()
    await (await open(server.url(name))).close()
    const folder = await mkdtemp(join(tmpdir(), 'parallax-tables-'))
    await (await open(`sqlite:${join(folder, 'l.sqlite')}`)).close()
    const sqlite = new Database(join(folder, 'l.sqlite'))
    const inSqlite = (sql: string) => sqlite.prepare(sql).all() as Readonly<Record<string, unknown>>[]
    expect(
      await server.sql(
        `select table_name::text as table, column_name::text as column, (is_nullable = 'NO')::int as must
         from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'
         order by table_name::text collate "C", column_name::text collate "C"`,
        name,
      ),
    ).toEqual(
      inSqlite(
        `select t.name as "table", c.name as "column", c."notnull" or c.pk > 0 as must from sqlite_master t, pragma_table_info(t.name) c
         where t.type = 'table' and t.name not like 'kysely%' order by 1, 2`,
      ),
    )
    /** The columns of an index. */
    const columnsOf = (sql: unknown): string =>
      /\(([^()]*)\)/.exec(String(sql).toLowerCase())![1]!.replaceAll(/["\s]/g, '')
    const indexes = await server.sql(
      `select indexname::text as name, indexdef as sql from pg_indexes where schemaname = 'public' and indexname not in (select conname from pg_constraint)
       order by indexname::text collate "C"`,
      name,
    )
    expect(indexes.map((index) => [index.name, columnsOf(index.sql)])).toEqual(
      inSqlite("select name, sql from sqlite_master where type = 'index' and sql is not null order by 1").map(
        (index) => [index.name, columnsOf(index.sql)],
      ),
    )
    sqlite.close()
    await rm(folder, { recursive: true })
  })

  test('reads no table as a whole for what a page, a review or a callback asks for', async () => {
    const name = await database()
    /** When a connection ends, it tells what it has counted. */
    const allEnded = async () => {
      const others = `select count(*)::int as count from pg_stat_activity where datname = '${name}'`
      while ((await server.sql(others))[0]!.count !== 0) await delay(20)
    }
    await (await open(server.url(name))).close()
    await allEnded()
    await server.sql(`alter database ${name} set enable_seqscan = off; select pg_stat_reset()`, name)
    const ledger = await open(server.url(name))
    await ledger.openBatch('b')
    const job = await ledger.submit('b', 0, 'a.png', sampleWork('k'))
    const { token } = (await ledger.lease('k'))!
    await ledger.finish('k', token, 'needs_review', sampleResult())
    await ledger.submit('b', 1, 'b.png', sampleWork('waiting'))
    const scopes = [{}, { tenant: 'local' }, { batchId: 'b' }, { tenant: 'local', batchId: 'b' }]
    const states = [{}, { status: ['failed'] }, { status: ['failed', 'queued'] }] as const
    for (const scope of scopes) {
      for (const state of states) await ledger.list({ ...scope, ...state, after: job.id })
      await ledger.counts(scope)
    }
    for (const filter of [{}, { tenant: 'local' }]) {
      await ledger.batches({ ...filter, after: 'b' })
      await ledger.reviewQueue(filter)
      await ledger.holdReview('ann', later(), filter)
    }
    await ledger.endedBefore(later(), 100)
    await ledger.turns(100)
    await ledger.abandoned(later(), 100)
    await ledger.countQueued('local')
    await ledger.callbacks.take('2100', '2101', 100)
    await ledger.keys.find('hash')
    await ledger.needs('blob')
    await ledger.neededBlobs('ab')
    await ledger.jobsWith('blob', 1)
    await ledger.delete(job.id)
    await ledger.close()
    await allEnded()
    const counted = await server.sql(
      `select relname::text as table, seq_scan::int as scans from pg_stat_user_tables
       where relname in ('batches', 'works', 'results', 'jobs', 'corrections', 'keys') and idx_scan > 0 order by relname`,
      name,
    )
    const tables = ['batches', 'corrections', 'jobs', 'keys', 'results', 'works']
    expect(counted).toEqual(tables.map((table) => ({ table, scans: 0 })))
  })

  describe('with transactions side by side', () => {
    const many = 12

    /** Ledgers of one database, as many processes have them. */
    async function shared(): Promise<readonly Ledger[]> {
      const name = await database()
      return Promise.all(Array.from({ length: many }, () => open(server.url(name), 60_000)))
    }
    const closeAll = (ledgers: readonly Ledger[]) => Promise.all(ledgers.map((ledger) => ledger.close()))

    test('those who submit to one place with different keys leave one job, and no work that nobody answers for', async () => {
      const ledgers = await shared()
      await ledgers[0]!.openBatch('b')
      const jobs = await Promise.all(
        ledgers.map((ledger, n) => ledger.submit('b', 0, `${n}.png`, sampleWork(`k${n}`))),
      )
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(1)
      const [job] = await ledgers[0]!.list({})
      expect(await ledgers[0]!.list({})).toHaveLength(1)
      await ledgers[0]!.delete(job!.id)
      for (let n = 0; n < many; n++) expect(await ledgers[0]!.work(`k${n}`)).toBeNull()
      await closeAll(ledgers)
    })

    test('batches that name the same work in another order are all recorded', async () => {
      const ledgers = await shared()
      const files = Array.from({ length: 10 }, (_, n) => ({ file: `${n}.png`, work: sampleWork(`k${n}`) }))
      const batches = await Promise.all(
        ledgers.map((ledger, n) => ledger.submitAll(`b${n}`, {}, n % 2 === 0 ? files : files.toReversed())),
      )
      for (const { jobs } of batches) expect(jobs).toHaveLength(10)
      expect((await ledgers[0]!.counts()).queued).toBe(10 * many)
      await closeAll(ledgers)
    })

    test('work that has just ended is not leased again', async () => {
      const ledgers = await shared()
      await ledgers[0]!.openBatch('b')
      for (let round = 0; round < 20; round++) {
        const key = `k${round}`
        await ledgers[0]!.submit('b', round, 'a.png', sampleWork(key))
        const ended = await Promise.all(
          ledgers.map(async (ledger) => {
            const lease = await ledger.lease(key, later())
            return lease !== null && (await ledger.finish(key, lease.token, 'accepted', sampleResult()))
          }),
        )
        expect(ended.filter(Boolean)).toHaveLength(1)
        expect(await ledgers[0]!.lease(key, later())).toBeNull()
      }
      await closeAll(ledgers)
    })

    test('every reviewer is given another document, in order, as long as there are some', async () => {
      const ledgers = await shared()
      const jobs: Job[] = []
      await ledgers[0]!.openBatch('b')
      for (let n = 0; n < many; n++) {
        jobs.push(await ledgers[0]!.submit('b', n, 'a.png', sampleWork(`k${n}`)))
        const lease = await ledgers[0]!.lease(`k${n}`)
        await ledgers[0]!.finish(`k${n}`, lease!.token, 'needs_review', sampleResult(), n)
      }
      const held = await Promise.all(
        ledgers.map((ledger, n) => ledger.holdReview(`reviewer ${n}`, later(), {})),
      )
      expect(new Set(held.map((job) => job?.id))).toEqual(new Set(jobs.map(({ id }) => id)))
      expect(await ledgers[0]!.holdReview('another', later(), {})).toBeNull()
      await closeAll(ledgers)
    })

    test('a blob that is submitted while it is removed is needed before it goes, or submitted after', async () => {
      const [one, two, ...others] = await shared()
      await one!.openBatch('b')
      for (let round = 0; round < 10; round++) {
        const work = sampleWork(`k${round}`)
        const order: string[] = []
        const removing = one!.removeBlob(work.blob, async () => {
          await delay(20)
          order.push('removed')
        })
        const submitting = two!.submit('b', round, 'a.png', work).then(() => order.push('submitted'))
        const [isRemoved] = await Promise.all([removing, submitting])
        expect(order).toEqual(isRemoved ? ['removed', 'submitted'] : ['submitted'])
      }
      await closeAll([one!, two!, ...others])
    })

    test('whoever begins anew while its batch is being told of is told of once more', async () => {
      const [one, two, ...others] = await shared()
      await one!.openBatch('b', { callback: 'http://127.0.0.1/' })
      for (let round = 0; round < 10; round++) {
        const job = await one!.submit('b', round, 'a.png', sampleWork(`k${round}`))
        await one!.cancel(job.id)
        await one!.callbacks.take(later(), later(), 10)
        await Promise.all([one!.callbacks.settle('b', null), two!.retry(job.id)])
        await one!.cancel(job.id)
        const [callback] = await one!.callbacks.take('2100', '2101', 10)
        expect(callback?.batch.id).toBe('b')
      }
      await closeAll([one!, two!, ...others])
    })
  })
})
