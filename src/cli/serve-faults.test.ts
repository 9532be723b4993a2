import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, readdir } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Readiness } from '../contract/common.ts'
import { connectOnce } from '../queue/redis.ts'
import { openWorkplace, processesIn, type Running, type Workplace } from './command.case.ts'
import { untilRead } from './ledger.case.ts'
import { addressOf, readinessOf, submit } from './serve.case.ts'
import { freePort } from '../queue/free-port.case.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let place: Workplace
beforeEach(async () => void (place = await openWorkplace()))
afterEach(() => place[Symbol.asyncDispose]())

type Check = keyof Readiness['checks']

/** What the service says of a part of it, once that is well or not. */
async function untilCheck(url: string, check: Check, ok: boolean): Promise<string | null> {
  for (;;) {
    const { checks } = await readinessOf(url)
    if (checks[check].ok === ok) return checks[check].message
    await delay(100)
  }
}

/** The processes whose command has this in it, once there are any. */
async function running(part: string, but: readonly number[] = []): Promise<readonly number[]> {
  for (;;) {
    const found = (await processesIn(place.folder)).filter(({ command }) => command.includes(part))
    const pids = found.map(({ pid }) => pid).filter((pid) => !but.includes(pid))
    if (pids.length > 0) return pids
    await delay(20)
  }
}

/** Kills a worker that was not killed before; answers its number. */
async function killWorker(but: readonly number[]): Promise<number> {
  const [pid] = await running('workers/documents', but)
  process.kill(pid!, 'SIGKILL')
  return pid!
}

/** What the service has written to standard error so far. */
function errorsOf({ child }: Running): () => string {
  let text = ''
  child.stderr!.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return () => text
}

test('a service outlives its workers and its Redis, and says so', async () => {
  const service = place.start(['serve', '--port', '0', '-j', '1'])
  const errors = errorsOf(service)
  const url = await addressOf(service)
  const killed: number[] = []
  for (let i = 0; i < 6; i++) {
    killed.push(await killWorker(killed))
    expect((await fetch(`${url}/v1/health`)).status).toBe(200)
    expect((await fetch(url)).status).toBe(200)
  }
  expect(await untilCheck(url, 'workers', false)).toMatch(/SIGKILL|is starting/)
  expect((await submit(url, ['sg-taxi-scan-08'])).status).toBe(202)
  await untilRead(place, 1, service.ended)
  await untilCheck(url, 'workers', true)
  const { checks } = await readinessOf(url)
  expect(checks.workers.processes).toEqual([
    { state: 'running', since: expect.any(String), restarts: 6, reason: 'it was killed (SIGKILL)' },
  ])
  const metrics = await (await fetch(`${url}/v1/metrics`)).text()
  expect(metrics).toContain('parallax_worker_restarts_total 6\n')
  expect(metrics).toContain('parallax_workers 1\n')
  expect(
    errors().match(/The worker has ended and is started again: it was killed \(SIGKILL\)\./g),
  ).toHaveLength(1)

  const redis = place.path('home', 'redis')
  const admin = await connectOnce({ socket: `${redis}/redis.sock` }, {})
  await admin.config('SET', 'maxmemory', '1')
  expect(await untilCheck(url, 'queue', false)).toContain('full (maxmemory)')
  await admin.config('SET', 'maxmemory', '0')
  await untilCheck(url, 'queue', true)
  admin.disconnect()

  const data = (await readdir(`${redis}/appendonlydir`)).find((name) => name.endsWith('.incr.aof'))!
  await appendFile(`${redis}/appendonlydir/${data}`, Buffer.alloc(4096))
  for (const pid of await running('redis-server')) process.kill(pid, 'SIGKILL')
  expect((await submit(url, ['my-cafe-phone-04'])).status).toBe(202)
  await untilRead(place, 2, service.ended)
  await untilCheck(url, 'queue', true)
  expect((await readdir(redis)).filter((name) => name.includes('.damaged-'))).toHaveLength(1)
  expect(errors()).toMatch(/damaged and starts empty.*appendonlydir\.damaged-/)

  service.child.kill('SIGTERM')
  expect(await service.ended).toMatchObject({ code: 0 })
  expect(await processesIn(place.folder)).toEqual([])
})

test('a service starts while its shared Redis is away, loses its worker, and reads when Redis comes', async () => {
  const port = await freePort()
  const service = place.start(['serve', '--port', '0', '-j', '1'], {
    PARALLAX_REDIS_URL: `redis://127.0.0.1:${port}`,
  })
  const errors = errorsOf(service)
  const url = await addressOf(service)
  expect((await submit(url, ['sg-taxi-scan-08'])).status).toBe(202)
  const ready = await fetch(`${url}/v1/ready`)
  expect(ready.status).toBe(503)
  expect(await ready.text()).not.toContain(String(port))
  expect(await untilCheck(url, 'queue', false)).toContain('The Redis at … cannot be used')
  const killed = await killWorker([])
  await running('workers/documents', [killed])

  await mkdir(place.path('shared'))
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--appendonly', 'yes', '--save', '']
  const redis = spawn('redis-server', options, { cwd: place.path('shared'), stdio: 'ignore' })
  await untilRead(place, 1, service.ended)
  await untilCheck(url, 'queue', true)
  expect((await fetch(`${url}/v1/ready`)).status).toBe(200)
  const told = errors().match(/The Redis at \S+ cannot be used.*/g)!
  expect(told).toEqual([...new Set(told)])
  service.child.kill('SIGTERM')
  expect(await service.ended).toMatchObject({ code: 0 })
  redis.kill('SIGKILL')
  await once(redis, 'exit')
})

test('a Redis that may lose jobs is refused at the start', async () => {
  const port = await freePort()
  await mkdir(place.path('shared'))
  const redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1'], {
    cwd: place.path('shared'),
    stdio: 'ignore',
  })
  const url = `redis://127.0.0.1:${port}`
  for (;;) {
    const client = await connectOnce({ url }, {}).catch(() => null)
    client?.disconnect()
    if (client) break
  }
  for (const args of [['serve', '--port', '0'], ['worker']])
    expect(await place.run(args, { PARALLAX_REDIS_URL: url })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/may lose jobs.*E_BAD_REQUEST/),
    })
  redis.kill('SIGKILL')
  await once(redis, 'exit')
})

test('the program of the private Redis may come later', async () => {
  await mkdir(place.path('bin'))
  const service = place.start(['serve', '--port', '0', '--workers', '0'], { PATH: place.path('bin') })
  const url = await addressOf(service)
  expect(await untilCheck(url, 'queue', false)).toContain('redis-server')
  const program = process.env.PATH!.split(':').map((folder) => `${folder}/redis-server`)
  await place.shell(`for p in ${program.join(' ')}; do [ -x $p ] && ln -sf $p bin/redis-server; done`)
  await untilCheck(url, 'queue', true)
  service.child.kill('SIGTERM')
  expect(await service.ended).toMatchObject({ code: 0 })
})
