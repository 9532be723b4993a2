import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openPrivateRedis } from './private-redis.ts'
import { connectOnce, parseInfo, type RedisAddress } from './redis.ts'
import { eventually, isRunning, startTestProcess } from './test-process.case.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'parallax redis-'))
})
afterEach(() => rm(home, { recursive: true }))

const serverPid = async () => Number(await readFile(join(home, 'redis', 'redis.pid'), 'utf8'))
const mode = async (path: string) => (await stat(path)).mode & 0o777
const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

async function ask<T>(
  address: RedisAddress,
  question: (client: Awaited<ReturnType<typeof connectOnce>>) => Promise<T>,
) {
  const client = await connectOnce(address, {})
  try {
    return await question(client)
  } finally {
    client.disconnect()
  }
}

const runId = (address: RedisAddress) =>
  ask(address, async (client) => parseInfo(await client.info('server')).get('run_id'))

test('listens to its owner only, keeps everything on disk and evicts nothing', async () => {
  const redis = await openPrivateRedis({ home })
  const socket = join(home, 'redis', 'redis.sock')
  expect(redis.address).toEqual({ socket })
  expect([await mode(dirname(socket)), await mode(socket)]).toEqual([0o700, 0o700])
  const settings = await ask(redis.address, (client) =>
    client.config('GET', 'port', 'append*', 'maxmemory-policy', 'save'),
  )
  const pairs = settings as string[]
  const setting = (name: string) => pairs[pairs.indexOf(name) + 1]
  expect(setting('port')).toBe('0')
  expect(setting('appendonly')).toBe('yes')
  expect(setting('appendfsync')).toBe('always')
  expect(setting('maxmemory-policy')).toBe('noeviction')
  expect(setting('save')).toBe('')
  await redis.close()
})

test('ends with the last process that uses it', async () => {
  const redis = await openPrivateRedis({ home })
  const pid = await serverPid()
  const other = startTestProcess('holder.child.ts', home)
  expect(await other.line()).toBe(await runId(redis.address))
  await redis.close()
  expect(isRunning(pid)).toBe(true)
  await other.end()
  await eventually(async () => !isRunning(pid))
  expect(await isThere(join(home, 'redis', 'redis.sock'))).toBe(false)
})

test('is one server for processes that open it at the same time', async () => {
  const processes = Array.from({ length: 4 }, () => startTestProcess('holder.child.ts', home))
  const ids = await Promise.all(processes.map((process) => process.line()))
  expect(new Set(ids).size).toBe(1)
  const pid = await serverPid()
  await Promise.all(processes.map((process) => process.end()))
  await eventually(async () => !isRunning(pid))
})

test('is one server for openings within one process', async () => {
  const opened = await Promise.all([openPrivateRedis({ home }), openPrivateRedis({ home })])
  const [a, b] = await Promise.all(opened.map((redis) => runId(redis.address)))
  expect(a).toBe(b)
  const pid = await serverPid()
  await Promise.all(opened.map((redis) => redis.close()))
  await eventually(async () => !isRunning(pid))
})

test('keeps what it acknowledged over being closed and opened again', async () => {
  const first = await openPrivateRedis({ home })
  await ask(first.address, (client) => client.set('kept', 'yes'))
  await first.close()
  const second = await openPrivateRedis({ home })
  expect(await ask(second.address, (client) => client.get('kept'))).toBe('yes')
  await second.close()
})

test('comes back when it is killed, with what it acknowledged', async () => {
  const redis = await openPrivateRedis({ home })
  const killed = await runId(redis.address)
  await ask(redis.address, (client) => client.set('kept', 'yes'))
  process.kill(await serverPid(), 'SIGKILL')
  const id = await eventually(() =>
    runId(redis.address).then(
      (id) => id ?? null,
      () => null,
    ),
  )
  expect(id).not.toBe(killed)
  expect(await ask(redis.address, (client) => client.get('kept'))).toBe('yes')
  await redis.close()
})

test('is joined and ended by others when its starter was killed', async () => {
  const starter = startTestProcess('holder.child.ts', home)
  const id = await starter.line()
  await starter.kill()
  const redis = await openPrivateRedis({ home })
  expect(await runId(redis.address)).toBe(id)
  const pid = await serverPid()
  await redis.close()
  await eventually(async () => !isRunning(pid))
})

test('starts beside the socket and the pid of a killed server', async () => {
  const starter = startTestProcess('holder.child.ts', home)
  await starter.line()
  await starter.kill()
  const killed = await serverPid()
  process.kill(killed, 'SIGKILL')
  await eventually(async () => !isRunning(killed))
  expect(await isThere(join(home, 'redis', 'redis.sock'))).toBe(true)
  await writeFile(join(home, 'redis', 'redis.pid'), String(process.pid))
  const redis = await openPrivateRedis({ home })
  expect(await ask(redis.address, (client) => client.ping())).toBe('PONG')
  await redis.close()
})

test('does not end by Ctrl-C in the terminal of its starter', async () => {
  const starter = startTestProcess('holder.child.ts', home)
  const id = await starter.line()
  process.kill(-starter.child.pid!, 'SIGINT')
  await starter.end()
  const redis = await openPrivateRedis({ home })
  expect(await runId(redis.address)).toBe(id)
  await redis.close()
})

test('works in a folder whose path is too long for a socket', async () => {
  const deep = join(home, 'x'.repeat(100))
  await mkdir(deep)
  const redis = await openPrivateRedis({ home: deep })
  const { socket } = redis.address as { socket: string }
  expect(Buffer.byteLength(socket)).toBeLessThan(104)
  expect(await mode(dirname(socket))).toBe(0o700)
  await ask(redis.address, (client) => client.set('kept', 'yes'))
  await redis.close()
  expect(await isThere(join(deep, 'redis', 'appendonlydir'))).toBe(true)
  await rm(dirname(socket), { recursive: true })
})

test('says how to install a redis-server that is not there', async () => {
  await expect(openPrivateRedis({ home, redisServer: 'no-such-redis-server' })).rejects.toMatchObject({
    code: 'E_QUEUE_DOWN',
    message: expect.stringMatching(/apt-get install redis-server.*brew install redis.*PARALLAX_REDIS_URL/),
  })
})

test('says where to look when the server does not start', async () => {
  await expect(openPrivateRedis({ home, redisServer: 'false' })).rejects.toMatchObject({
    code: 'E_QUEUE_DOWN',
    message: expect.stringContaining(join(home, 'redis', 'redis.log')),
  })
})

test('says when the data folder cannot be used', async () => {
  await writeFile(join(home, 'redis'), 'a file')
  await expect(openPrivateRedis({ home })).rejects.toMatchObject({ code: 'E_STORAGE' })
})
