import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  filesOf,
  openWorkplace,
  processesIn,
  resultsOf,
  sample,
  type Ended,
  type Workplace,
} from './command.case.ts'
import { jobOf, jobsOf, query, readings, untilRead } from './ledger.case.ts'

const ticket = sample('sg-ticket-skew-34')
const taxi = sample('sg-taxi-scan-08')

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** Waits until nothing of the workplace runs any more. */
async function untilStill(place: Workplace): Promise<void> {
  while ((await processesIn(place.folder)).length > 0) await delay(100)
}

/** Files of the same page that differ in bytes. */
async function makeDocuments(place: Workplace, count: number): Promise<string[]> {
  const bytes = await readFile(ticket)
  await mkdir(place.path('scans'))
  const names = Array.from({ length: count }, (_, i) => `scans/${i + 1}.jpg`)
  for (const name of names) await writeFile(place.path(name), Buffer.concat([bytes, Buffer.from(name)]))
  return names
}

describe('faults in the middle of a batch', () => {
  let place: Workplace
  let files: string[]
  beforeEach(async () => {
    place = await openWorkplace()
    files = await makeDocuments(place, 6)
  })
  afterEach(() => place[Symbol.asyncDispose]())

  const args = ['batch', 'scans', '-j', '1', '--route', 'modular']

  /** Every document once, in order, and right. */
  function expectAll({ code, stdout }: Ended): void {
    const results = resultsOf(stdout)
    expect(filesOf(results)).toEqual(files)
    for (const result of results) expect(result.data).toMatchObject({ total: 15.96, date: '2022-09-08' })
    expect(code).toBe(0)
    expect(readings(place)).toHaveLength(files.length)
  }

  const isPart = (name: string) => (command: string) => command.includes(name)
  const isRedis = isPart('redis-server')
  const isWorker = isPart('workers/documents')
  const isChild = isPart('workers/extraction-child')

  async function killOne(is: (command: string) => boolean): Promise<void> {
    const { pid } = (await processesIn(place.folder)).find(({ command }) => is(command))!
    process.kill(pid, 'SIGKILL')
  }

  test('Ctrl-C stops all; a queued job can be cancelled; the same command reads the rest', async () => {
    const { child, ended } = place.start(args)
    await untilRead(place, 2, ended)
    child.kill('SIGINT')
    const { code, stdout, stderr } = await ended
    expect([code, stdout]).toEqual([130, ''])
    expect(stderr).toContain('parallax: Interrupted. Nothing is lost: the same command goes on from here.\n')
    expect(await processesIn(place.folder)).toEqual([])

    const done = readings(place)
    expect(done.length).toBeGreaterThanOrEqual(2)
    expect(done.length).toBeLessThan(files.length)
    const queued = jobsOf(place).find((job) => job.status === 'queued')!
    expect(queued).toBeDefined()
    expect((await place.run(['jobs', 'cancel', queued.id])).code).toBe(0)
    files = files.filter((file) => file !== queued.file)

    const again = await place.run(args)
    expectAll(again)
    expect(readings(place)).toEqual(expect.arrayContaining(done))
    expect(again.stderr).toContain('1 document was cancelled and has no row.')
    expect(jobOf(place, queued.file).status).toBe('cancelled')
  })

  test('a killed child, worker and Redis cost time, and no document', async () => {
    const { ended } = place.start([...args, '--route', 'auto']) // Documents pass the second queue too.
    await untilRead(place, 1, ended)
    await killOne(isChild)
    await untilRead(place, 2, ended)
    await killOne(isRedis)
    await untilRead(place, 4, ended)
    await killOne(isWorker)
    expectAll(await ended)
    expect(await processesIn(place.folder)).toEqual([])
  })

  test('a killed command ends what it had started; the same command reads the rest', async () => {
    const { child, ended } = place.start(args)
    await untilRead(place, 2, ended)
    child.kill('SIGKILL')
    await ended
    await untilStill(place)
    const done = readings(place)
    expect(done.length).toBeLessThan(files.length)
    expectAll(await place.run(args))
    expect(readings(place)).toEqual(expect.arrayContaining(done))
  })

  test('everything killed at once: the same command reads the rest', async () => {
    const { ended } = place.start(args)
    await untilRead(place, 2, ended)
    for (const { pid } of await processesIn(place.folder)) process.kill(pid, 'SIGKILL')
    await ended
    await untilStill(place)
    const done = readings(place)
    expectAll(await place.run(args))
    expect(readings(place)).toEqual(expect.arrayContaining(done))
  })

  test('two commands at once on one data folder share Redis, and both end', async () => {
    const [even, odd] = [files.filter((_, i) => i % 2 === 0), files.filter((_, i) => i % 2 === 1)] // prettier-ignore
    const shared = even[0]!
    const commands = [even, [shared, ...odd]].map((inputs) =>
      place.start(['batch', ...inputs, '-j', '1', '--route', 'modular']),
    )
    await Promise.race(commands.map(({ ended }) => untilRead(place, 2, ended)))
    const redis = (await processesIn(place.folder)).filter(({ command }) => isRedis(command))
    expect(redis).toHaveLength(1)
    const [first, second] = await Promise.all(commands.map(({ ended }) => ended))
    expect(filesOf(resultsOf(first!.stdout))).toEqual(even)
    expect(filesOf(resultsOf(second!.stdout))).toEqual([shared, ...odd])
    expect([first!.code, second!.code]).toEqual([0, 0])
    expect(readings(place)).toHaveLength(files.length)
    expect(await processesIn(place.folder)).toEqual([])
  })

  test('a document that kills its process twice is set aside, and the others are read', async () => {
    await copyFile(taxi, place.path('scans', '3.jpg'))
    await writeFile(
      place.path('poison.ts'),
      `import { defineDocumentType, entity, money, template } from 'parallax'
       import { z } from 'zod'
       export default defineDocumentType({
         name: 'poison',
         schema: z.object({ total: z.number().nullable() }),
         required: [],
         template: template({ '/total': entity('TOTAL', { as: money }) }),
         model: 'receipt/1',
         rules: [({ total }) => (total === 48 ? process.abort() : [])],
       })`,
    )
    const inputs = files.slice(0, 4)
    const { code, stdout } = await place.run([
      'batch',
      ...inputs,
      '--type',
      'poison.ts',
      '--route',
      'modular',
    ])
    const results = resultsOf(stdout)
    expect(filesOf(results)).toEqual(inputs)
    expect(results.map((result) => result.error?.code)).toEqual(
      inputs.map((file) => (file === 'scans/3.jpg' ? 'E_POISON' : undefined)),
    )
    expect(results[0]!.data).toEqual({ total: 15.96 })
    expect(code).toBe(1)
    expect(query(place, 'select deaths from works where deaths > 0')).toEqual([{ deaths: 2 }])
    const { id, status } = jobOf(place, 'scans/3.jpg')
    expect(status).toBe('quarantined')
    expect((await place.run(['jobs', 'show', id])).stdout).toContain('E_POISON')
  })
})
