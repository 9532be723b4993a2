import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deleteJob, type Records } from '../service/deletion/delete.ts'
import { eachJob } from '../service/results/each-result.ts'
import { fileBlobs } from '../stores/file-blobs.ts'
import { sampleResult, sampleWork } from '../stores/samples.case.ts'
import { openSqliteLedger } from '../stores/sqlite.ts'
import { openWorkplace, type Ended, type Workplace } from './command.case.ts'
import { addressOf } from './serve.case.ts'

vi.setConfig({ testTimeout: 240_000 })

let place: Workplace
let records: Records & AsyncDisposable
let backup: string
beforeEach(async () => {
  place = await openWorkplace()
  backup = place.path('backup')
  records = await recordsIn(place.home)
})
afterEach(async () => {
  await records[Symbol.asyncDispose]()
  await place[Symbol.asyncDispose]()
})

async function recordsIn(home: string): Promise<Records & AsyncDisposable> {
  await mkdir(home, { recursive: true })
  const store = await openSqliteLedger(join(home, 'ledger.sqlite'))
  return { store, blobs: fileBlobs(join(home, 'blobs')), [Symbol.asyncDispose]: () => store.close() }
}

let count = 0
/** A document that is stored, submitted and read; answers its job. */
async function readOne(): Promise<string> {
  const key = `document ${count++}`
  const blob = await records.blobs.put(new TextEncoder().encode(key.repeat(100)))
  const batch = `batch ${key}`
  const { jobs } = await records.store.submitAll(batch, {}, [
    { file: `${key}.png`, work: sampleWork(key, { blob }) },
  ])
  const lease = await records.store.lease(key)
  await records.store.finish(key, lease!.token, 'accepted', sampleResult({ data: { key } }))
  return jobs[0]!.id
}

const restored = () => place.path('restored')
const restore = (...options: string[]): Promise<Ended> =>
  place.run(['restore', 'backup', ...options], { PARALLAX_HOME: restored() })

const dataOf = async (folder: string): Promise<string> =>
  join(
    folder,
    (await readdir(folder)).find((name) => name.startsWith('data-'))!,
  )

/** Every job of a restored folder, each with its result and its stored file, byte by byte. */
async function jobsWhole(home: string): Promise<ReadonlySet<string>> {
  await using found = await recordsIn(home)
  const ids = new Set<string>()
  for await (const job of eachJob(found.store, {})) {
    ids.add(job.id)
    const work = await found.store.work(job.key)
    expect(new TextDecoder().decode(await found.blobs.get(work!.blob))).toBe(job.key.repeat(100))
    if (job.status === 'accepted')
      expect(await found.store.result(job.key)).toMatchObject({ data: { key: job.key } })
  }
  return ids
}

test('a backup that is made while documents are submitted, read and deleted is whole when restored', async () => {
  const before = []
  for (let i = 0; i < 50; i++) before.push(await readOne())
  const running = place.start(['backup', 'backup'])
  let ended = false
  void running.ended.then(() => (ended = true))
  const during: string[] = []
  while (!ended) {
    during.push(await readOne())
    if (during.length % 5 === 0) await deleteJob(records, during.at(-1)!)
  }
  expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
  expect(during.length).toBeGreaterThan(5)

  expect(await restore()).toMatchObject({ code: 0, stderr: '' })
  const ids = await jobsWhole(restored())
  expect(before.filter((id) => !ids.has(id))).toEqual([])
  const doctor = await place.run(['doctor', '--data', '--deep'], { PARALLAX_HOME: restored() })
  for (const what of [
    'damaged entries of the ledger',
    'belong to no document',
    'file is gone',
    'file is damaged',
  ])
    expect(doctor.stdout).toMatch(RegExp(`${what} +none`))
  expect((await stat(restored())).mode & 0o777).toBe(0o700)
  expect((await stat(join(restored(), 'ledger.sqlite'))).mode & 0o777).toBe(0o600)
})

test('a later backup copies what is new, and keeps nothing of what was deleted', async () => {
  const [first] = [await readOne(), await readOne()]
  await mkdir(join(place.home, 'certificates'), { recursive: true })
  await writeFile(join(place.home, 'certificates', 'own.json'), '{}')
  await symlink('/etc/hostname', join(place.home, 'certificates', 'link'))
  await writeFile(join(place.home, 'worker.log'), 'noise')
  const made = await place.run(['backup', 'backup'])
  expect(made.stdout).toBe('Backed up 2 jobs, 2 stored files (2 new) and 1 other file into backup.\n')
  expect(made.stderr).toContain('neither file nor folder: certificates/link.')

  await deleteJob(records, first)
  const third = await readOne()
  const again = await place.run(['backup', 'backup'])
  expect(again.stdout).toBe('Backed up 2 jobs, 2 stored files (1 new) and 1 other file into backup.\n')
  expect((await readdir(backup)).filter((name) => name.startsWith('data-'))).toHaveLength(1)
  const stored = await readdir(join(backup, 'blobs'), { recursive: true })
  expect(stored.filter((name) => /[0-9a-f]{64}$/.test(name))).toHaveLength(2)

  expect((await restore()).code).toBe(0)
  const ids = await jobsWhole(restored())
  expect([ids.size, ids.has(first), ids.has(third)]).toEqual([2, false, true])
  expect(await readFile(join(restored(), 'certificates', 'own.json'), 'utf8')).toBe('{}')
  expect(await readdir(restored())).not.toContain('worker.log')
})

test('a damaged backup is refused with what is damaged, and what is sound of it restored when asked for', async () => {
  await readOne()
  const lost = await readOne()
  await mkdir(join(place.home, 'templates'))
  await writeFile(join(place.home, 'templates', 'shop.yaml'), 'one')
  await place.run(['backup', 'backup'])
  expect(await place.run(['restore', 'backup', '--check'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('is sound: 2 jobs, 2 stored files and 1 other file.'),
  })

  const { blob } = (await records.store.work((await records.store.get(lost))!.key))!
  await writeFile(join(backup, 'blobs/sha256', blob.slice(0, 2), blob), 'other bytes')
  await rm(join(await dataOf(backup), 'home/templates/shop.yaml'))
  const refused = await restore()
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(refused.stderr).toContain(
    `templates/shop.yaml is missing; the stored file ${blob} is damaged. Restore another one`,
  )
  expect(await readdir(place.folder)).not.toContain('restored')
  const checked = await place.run(['restore', 'backup', '--check'])
  expect(checked).toMatchObject({ code: 1, stdout: expect.stringContaining('2 things in the backup') })

  const forced = await restore('--force')
  expect(forced).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('Restored 2 jobs, 1 stored file and 0'),
  })
  const doctor = await place.run(['doctor', '--data'], { PARALLAX_HOME: restored() })
  expect(doctor.stdout).toMatch(RegExp(`file is gone +1: ${lost}`))
})

test.each([
  ['ledger', 'ledger.sqlite', 'The ledger of the backup is damaged'],
  ['list of stored files', 'blobs.txt', 'The list of stored files of the backup is damaged'],
])('a backup with a damaged %s is never restored', async (_, name, sentence) => {
  await readOne()
  await place.run(['backup', 'backup'])
  const file = join(await dataOf(backup), name)
  const bytes = await readFile(file)
  bytes[bytes.length - 20]! ^= 1
  await writeFile(file, bytes)
  for (const options of [[], ['--force']])
    expect(await restore(...options)).toMatchObject({ code: 2, stderr: expect.stringContaining(sentence) })
  expect(await readdir(place.folder)).not.toContain('restored')
})

test('a manifest that leads out of the backup is refused', async () => {
  await readOne()
  await place.run(['backup', 'backup'])
  const path = join(backup, 'manifest.json')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace(/"path": "ledger.sqlite"/, '"path": "../../../etc/hostname"'))
  expect(await restore()).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be understood') })
  await rm(path)
  expect(await restore()).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no backup in') })
})

test('nothing is restored over a folder that is in use, or in which something lies', async () => {
  await readOne()
  await place.run(['backup', 'backup'])
  const service = place.start(['serve', '--port', '0', '--workers', '0'])
  await addressOf(service)
  for (const options of [[], ['--force']]) {
    const live = await place.run(['restore', 'backup', ...options])
    expect(live).toMatchObject({ code: 2, stderr: expect.stringContaining(`${place.home} is in use.`) })
  }
  service.child.kill('SIGTERM')
  await service.ended
  await vi.waitFor(
    async () => expect((await place.run(['restore', 'backup'])).stderr).toContain('is not empty'),
    { timeout: 60_000, interval: 1000 },
  )
  await mkdir(restored())
  await writeFile(join(restored(), 'mine.txt'), 'mine')
  expect((await restore()).stderr).toContain('is not empty (mine.txt)')
  expect(await readdir(restored())).toEqual(['mine.txt'])
})

test('a restore that was cut short is gone on with, and nothing works in the folder until then', async () => {
  await readOne()
  await place.run(['backup', 'backup'])
  const { madeAt } = JSON.parse(await readFile(join(backup, 'manifest.json'), 'utf8')) as { madeAt: string }
  await mkdir(restored())
  await writeFile(join(restored(), '.restoring'), madeAt)
  const service = await place.run(['serve', '--port', '0'], { PARALLAX_HOME: restored() })
  expect(service).toMatchObject({ code: 2, stderr: expect.stringContaining('was not restored to its end') })
  expect((await restore()).code).toBe(0)
  expect((await jobsWhole(restored())).size).toBe(1)
})

test('the backup of another ledger is not replaced unawares, nor is what is no backup touched', async () => {
  await readOne()
  await place.run(['backup', 'backup'])
  const other = { PARALLAX_HOME: place.path('other') }
  const refused = await place.run(['backup', 'backup'], other)
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('the backup of another ledger') })
  expect((await restore()).code).toBe(0)
  const forced = await place.run(['backup', 'backup', '--force'], other)
  expect(forced.stdout).toContain('Backed up 0 jobs, 0 stored files (0 new)')

  await mkdir(place.path('full'))
  await writeFile(place.path('full', 'thesis.txt'), 'mine')
  expect((await place.run(['backup', 'full'])).stderr).toContain('holds no backup (thesis.txt)')
  await writeFile(place.path('file'), '')
  expect(await place.run(['backup', 'file/backup'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^parallax: The backup in \S+ was cut short: ENOTDIR[^\n]+\(E_STORAGE\)\n$/,
    ),
  })
  for (const folder of ['home/backup', '.'])
    expect((await place.run(['backup', folder])).stderr).toContain('cannot be kept in the data folder')
})

test('documents that the data folder has lost are told, and the rest is backed up', async () => {
  const [one] = [await readOne(), await readOne()]
  const { blob } = (await records.store.work((await records.store.get(one))!.key))!
  await records.blobs.delete(blob)
  const made = await place.run(['backup', 'backup'])
  expect(made).toMatchObject({ code: 1, stdout: expect.stringContaining('1 stored file (1 new)') })
  expect(made.stderr).toContain('1 stored file missing and 0 damaged')
})
