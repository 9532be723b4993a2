import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { acceptedBatchSchema } from '../contract/jobs.ts'
import { openWorkplace, processesIn, type Workplace } from './command.case.ts'
import { jobsOf, untilRead } from './ledger.case.ts'
import { addressOf, submit } from './serve.case.ts'

vi.setConfig({ testTimeout: 120_000 })

let place: Workplace
beforeEach(async () => void (place = await openWorkplace()))
afterEach(() => place[Symbol.asyncDispose]())

test('one command serves, reads and ends in order; another worker and another service go on from there', async () => {
  const first = place.start(['serve', '--port', '0', '-j', '1'])
  const url = await addressOf(first)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const accepted = await submit(url, [
    'sg-taxi-scan-08',
    'my-cafe-phone-04',
    'gb-fuel-scan-14',
    'de-hardware-noisy-21',
  ])
  acceptedBatchSchema.parse(await accepted.json())
  await untilRead(place, 1, first.ended)
  first.child.kill('SIGTERM')
  expect(await first.ended).toMatchObject({ code: 0 })
  expect(await processesIn(place.folder)).toEqual([])
  expect(jobsOf(place).filter(({ status }) => status === 'running')).toEqual([])

  const second = place.start(['serve', '--port', '0', '--workers', '0'])
  await addressOf(second)
  const worker = place.start(['worker', '-j', '1'])
  await untilRead(place, 4, worker.ended)
  worker.child.kill('SIGTERM')
  expect(await worker.ended).toMatchObject({ code: 0 })
  second.child.kill('SIGINT')
  expect(await second.ended).toMatchObject({ code: 0 })
  expect(await processesIn(place.folder)).toEqual([])
})

test('keys are made, listed and revoked; without one a service is not for the network', async () => {
  const refused = await place.run(['serve', '--host', '0.0.0.0', '--port', '0', '--workers', '0'])
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/parallax keys create.*E_BAD_REQUEST/),
  })

  const made = await place.run(['keys', 'create', 'scanner', '--tenant', 'acme'])
  const key = made.stdout.trim()
  expect(key).toMatch(/^plx_[A-Za-z0-9_-]{43}$/)
  const id = /Key (\w+)/.exec(made.stderr)![1]!
  const listed = await place.run(['keys', 'list'])
  expect(listed.stdout).toMatch(/scanner.*submitter.*acme/)
  expect(listed.stdout).not.toContain('plx_')

  const service = place.start(['serve', '--host', '0.0.0.0', '--port', '0', '--workers', '0'])
  const url = (await addressOf(service)).replace('0.0.0.0', '127.0.0.1')
  expect((await fetch(`${url}/v1/session`)).status).toBe(401)
  const session = await fetch(`${url}/v1/session`, { headers: { authorization: `Bearer ${key}` } })
  expect(await session.json()).toEqual({ tenant: 'acme', name: 'scanner', role: 'submitter', open: false })
  expect(await place.run(['keys', 'revoke', id])).toMatchObject({ code: 0 })
  expect((await fetch(`${url}/v1/session`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(401)
  const again = await place.run(['serve', '--port', new URL(url).port, '--workers', '0'])
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('something else listens there') })
  service.child.kill('SIGTERM')
  expect(await service.ended).toMatchObject({ code: 0 })
})
