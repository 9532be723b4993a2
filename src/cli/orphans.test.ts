import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openWorkplace, processesIn, sample, type Workplace } from './command.case.ts'
import { jobsOf, untilRead } from './ledger.case.ts'
import { addressOf, submit } from './serve.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let place: Workplace
beforeEach(async () => {
  place = await openWorkplace()
  const bytes = await readFile(sample('sg-ticket-skew-34'))
  await mkdir(place.path('scans'))
  for (let i = 1; i <= 60; i++)
    await writeFile(place.path('scans', `${i}.jpg`), Buffer.concat([bytes, Buffer.from(String(i))]))
})
afterEach(() => place[Symbol.asyncDispose]())

const pidsOf = async (part: string): Promise<readonly number[]> =>
  (await processesIn(place.folder)).filter(({ command }) => command.includes(part)).map(({ pid }) => pid)

async function untilThere(part: string, count: number): Promise<readonly number[]> {
  for (;;) {
    const pids = await pidsOf(part)
    if (pids.length >= count) return pids
    await delay(20)
  }
}

async function untilStill(): Promise<void> {
  while ((await processesIn(place.folder)).length > 0) await delay(20)
}

test('a killed extract leaves no process behind', async () => {
  const { child, ended } = place.start(['extract', 'scans', '--route', 'modular', '-j', '2'])
  await untilThere('extraction-child', 2)
  child.kill('SIGKILL')
  await ended
  await untilStill()
})

test('a killed batch leaves no process behind, and its work as it was before', async () => {
  const { child, ended } = place.start(['batch', 'scans', '--route', 'modular', '-j', '2'])
  await untilRead(place, 1, ended)
  child.kill('SIGKILL')
  await ended
  await untilStill()
  expect(jobsOf(place).filter(({ status }) => status === 'running')).toEqual([])
})

test('a killed worker leaves no process behind, nor does the command that keeps one, nor a service', async () => {
  const service = place.start(['serve', '--port', '0', '-j', '1'])
  const url = await addressOf(service)
  expect((await submit(url, ['sg-taxi-scan-08'])).status).toBe(202)
  await untilRead(place, 1, service.ended)
  const own = await pidsOf('workers/documents')

  const beside = place.start(['worker', '-j', '1'])
  await untilThere('workers/documents', 2)
  beside.child.kill('SIGKILL')
  await beside.ended
  while ((await pidsOf('workers/documents')).length > 1) await delay(20)

  const children = await pidsOf('extraction-child')
  for (const pid of own) process.kill(pid, 'SIGKILL')
  const isLeft = (pid: number): boolean => children.includes(pid)
  // One of them is the service's own.
  while ((await pidsOf('extraction-child')).filter(isLeft).length > 1) await delay(20)
  await untilThere('workers/documents', 1)

  service.child.kill('SIGKILL')
  await service.ended
  await untilStill()
})
