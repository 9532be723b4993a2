import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openRedis } from './open-redis.ts'
import { connectOnce } from './redis.ts'
import { eventually } from './test-process.case.ts'
import { freePort } from './free-port.case.ts'

let home: string
let server: ChildProcess
let port: number
let admin: Redis

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parallax-shared-'))
  port = await freePort()
  server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', home, '--save', ''],
    {
      stdio: 'ignore',
    },
  )
  admin = await eventually(() => connectOnce({ url: url() }, {}).catch(() => null))
})
afterAll(async () => {
  admin.disconnect()
  server.kill('SIGKILL')
  await once(server, 'exit')
  await rm(home, { recursive: true })
})

beforeEach(async () => {
  await admin.config('SET', 'appendonly', 'yes')
  await admin.config('SET', 'maxmemory-policy', 'noeviction')
})
afterEach(async () => {
  await admin.call('ACL', 'DELUSER', 'limited')
})

const url = (user = '') => `redis://${user}127.0.0.1:${port}`
const open = (user?: string) => openRedis({ home, url: url(user) })

test('a server that keeps its jobs is taken as it is, and left running', async () => {
  const redis = await open()
  expect(redis).toMatchObject({ address: { url: url() }, warnings: [] })
  await redis.close()
  expect(await admin.ping()).toBe('PONG')
})

test.each([
  ['maxmemory-policy', 'allkeys-lru', 'CONFIG SET maxmemory-policy noeviction'],
  ['maxmemory-policy', 'volatile-lru', 'CONFIG SET maxmemory-policy noeviction'],
  ['appendonly', 'no', 'CONFIG SET appendonly yes'],
])('a server with %s %s is refused with the line that mends it', async (setting, value, mend) => {
  await admin.config('SET', setting, value)
  await expect(open()).rejects.toMatchObject({
    code: 'E_BAD_REQUEST',
    message: expect.stringContaining(mend),
  })
})

test('a user who may not read the configuration is checked all the same', async () => {
  await admin.call('ACL', 'SETUSER', 'limited', 'on', '>secret', '~*', '&*', '+@all', '-config')
  await (await open('limited:secret@')).close()
  await admin.config('SET', 'appendonly', 'no')
  await expect(open('limited:secret@')).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
})

test('a user who may not ask for INFO is refused with a sentence that says so', async () => {
  await admin.call('ACL', 'SETUSER', 'limited', 'on', '>secret', '~*', '&*', '+@all', '-info')
  await expect(open('limited:secret@')).rejects.toMatchObject({
    code: 'E_QUEUE_DOWN',
    message: expect.stringContaining('INFO'),
  })
})

test('a wrong password is told without showing it', async () => {
  await admin.call('ACL', 'SETUSER', 'limited', 'on', '>secret', '~*', '&*', '+@all')
  const error: unknown = await open('limited:not-the-secret@').catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'E_QUEUE_DOWN', message: expect.stringContaining('password') })
  expect(String(error)).not.toContain('not-the-secret')
})

test('a server that is not there is told by its host', async () => {
  const away = `redis://127.0.0.1:${await freePort()}`
  await expect(openRedis({ home, url: away })).rejects.toMatchObject({
    code: 'E_QUEUE_DOWN',
    message: expect.stringContaining(new URL(away).host),
  })
})

test.each(['localhost:6379', 'http://localhost:6379', 'redis', ''])('"%s" is no address', async (address) => {
  await expect(openRedis({ home, url: address })).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
})
