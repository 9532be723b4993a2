import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openJobs } from '../app/jobs.ts'
import { openService } from '../app/service.ts'
import { checkWorkplace, openWorker } from '../app/worker.ts'
import { readConfig, type Config } from '../config.ts'
import { toErrorReport } from '../core/errors.ts'
import { storageCheck } from '../service/health/storage-check.ts'
import { openSqliteLedger } from '../stores/sqlite.ts'
import { openWorkplace } from './command.case.ts'
import { mayMount, openSmallDisk } from './small-disk.case.ts'

vi.setConfig({ testTimeout: 120_000 })

let folder: string
let home: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-folder-'))
  home = join(folder, 'home')
})
afterEach(() => rm(folder, { recursive: true }))

/** What each command opens before it does anything. */
const openers: Readonly<Record<string, (config: Config) => Promise<unknown>>> = {
  serve: (config) => openService(config, () => {}),
  worker: (config) => checkWorkplace(config, () => {}),
  'worker process': (config) => openWorker(config, () => {}),
  batch: (config) => openJobs(config, ''),
}

/** Each command is refused with one sentence that names the path and what helps. */
async function expectRefusals(at: string, path: string, only = Object.keys(openers)): Promise<void> {
  const config = readConfig({ PARALLAX_HOME: at, PATH: process.env.PATH })
  for (const name of only) {
    const error: unknown = await openers[name]!(config).then(
      () => `${name} was not refused`,
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ code: 'E_STORAGE' })
    const { message } = toErrorReport(error)
    expect(message).toContain(path)
    expect(message).toMatch(/Move|Check|Free|Mount|Mend|newer|Update/)
    expect(message).not.toContain('\n')
  }
}

const file = (name: string) => async () => {
  await mkdir(dirname(join(home, name)), { recursive: true })
  await writeFile(join(home, name), 'a file')
}
const directory = (name: string) => () => mkdir(join(home, name), { recursive: true })

/** As a version to come would leave it. */
async function ledgerFromTheFuture(): Promise<void> {
  await mkdir(home)
  const ledger = join(home, 'ledger.sqlite')
  await (await openSqliteLedger(ledger)).close()
  const database = new Database(ledger)
  database.exec(
    "insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01T00:00:00Z')",
  )
  database.close()
}

test.each([
  ['a file in place of it', () => writeFile(home, 'a file'), ''],
  ['a ledger that is a folder', directory('ledger.sqlite'), 'ledger.sqlite'],
  ['a ledger that is none', file('ledger.sqlite'), 'ledger.sqlite'],
  ['a ledger from a newer version', ledgerFromTheFuture, 'ledger.sqlite'],
  ['blobs that are a file', file('blobs'), 'blobs'],
  ['uploads that are a file', file('uploads'), 'uploads'],
  ['a log that is a folder', directory('worker.log'), 'worker.log'],
])('a data folder with %s is refused', async (_, make, path) => {
  await make()
  await expectRefusals(home, join(home, path))
})

test('a data folder with a Redis that is a file is refused by whoever needs it at once', async () => {
  await file('redis')()
  await expectRefusals(home, join(home, 'redis'), ['serve', 'worker', 'batch'])
})

test.skipIf(!mayMount)('a data folder on a read-only disk is refused', async () => {
  using disk = openSmallDisk(1)
  disk.seal()
  await expectRefusals(disk.folder, disk.folder)
  await expectRefusals(join(disk.folder, 'home'), join(disk.folder, 'home'))
})

test.skipIf(!mayMount)('a data folder on a full disk is refused', async () => {
  using disk = openSmallDisk(1)
  disk.fill()
  await expectRefusals(disk.folder, disk.folder)
})

test.skipIf(!mayMount)('a full, nearly full or read-only disk is told in words for strangers', async () => {
  using disk = openSmallDisk(4)
  using sealed = openSmallDisk(1)
  sealed.seal()
  const store = await openSqliteLedger(join(disk.folder, 'ledger.sqlite'))
  const check = (at: string, freeBytes: number) =>
    storageCheck({ folders: [at], store, requireThere: async () => {}, freeBytes })()
  const telling = (message: string) => ({ code: 'E_BUSY', message })

  await check(disk.folder, 0)
  await expect(check(disk.folder, 1e9)).rejects.toMatchObject(
    telling('The disk of the service is nearly full.'),
  )
  disk.fill()
  await expect(check(disk.folder, 0)).rejects.toMatchObject(telling('The disk of the service is full.'))
  disk.free()
  await check(disk.folder, 0)
  await expect(check(sealed.folder, 0)).rejects.toMatchObject(telling('The data folder cannot be written.'))
  await store.close()
})

test('a command says so in a line, and ends', async () => {
  await using place = await openWorkplace()
  await writeFile(place.home, 'a file')
  for (const args of [['serve', '--port', '0'], ['worker']]) {
    const { code, stdout, stderr } = await place.run(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(
      /^parallax: The data folder \S+ cannot be used: it is not a folder\. .*\(E_STORAGE\)\n$/,
    )
  }
  const doctor = await place.run(['doctor'])
  expect(doctor.code).toBe(1)
  expect(doctor.stdout).toMatch(/✗ data folder .+/)
  expect(doctor.stdout + doctor.stderr).not.toMatch(/^\s+at /m)
})
