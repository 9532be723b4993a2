import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openPrivateRedis } from './private-redis.ts'
import { connectOnce, type OpenRedis, type RedisAddress } from './redis.ts'
import { forgetOldest, setAside } from './set-aside.ts'
import { eventually, isRunning } from './test-process.case.ts'

let home: string
let folder: string
let told: string[]
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'parallax redis-'))
  folder = join(home, 'redis')
  told = []
})
afterEach(() => rm(home, { recursive: true }))

async function openHere(redisServer?: string): Promise<OpenRedis> {
  const redis = await openPrivateRedis({ home, redisServer, onWarning: (sentence) => told.push(sentence) })
  told.push(...redis.warnings)
  return redis
}

async function ask<T>(
  address: RedisAddress,
  question: (client: Awaited<ReturnType<typeof connectOnce>>) => Promise<T>,
): Promise<T> {
  const client = await connectOnce(address, {})
  try {
    return await question(client)
  } finally {
    client.disconnect()
  }
}

const serverPid = async () => Number(await readFile(join(folder, 'redis.pid'), 'utf8'))

/** Has a server write twenty keys, of which the first ten lie in the base file, and ends it without a word. */
async function fill(): Promise<void> {
  const redis = await openHere()
  await ask(redis.address, async (client) => {
    for (let i = 0; i < 10; i++) await client.set(`key ${i}`, 'value '.repeat(50))
    await client.bgrewriteaof()
    await eventually(
      async () => !/aof_rewrite_in_progress:1|aof_rewrite_scheduled:1/.test(await client.info()),
    )
    for (let i = 10; i < 20; i++) await client.set(`key ${i}`, 'value '.repeat(50))
  })
  await redis.close()
}

/** The path of the one file whose name ends so. */
async function fileOf(end: string): Promise<string> {
  const name = (await readdir(join(folder, 'appendonlydir'))).find((one) => one.endsWith(end))
  return join(folder, 'appendonlydir', name!)
}

const asideNames = async () => (await readdir(folder)).filter((name) => name.includes('.damaged-'))

async function overwrite(file: string, at: number, bytes: Buffer): Promise<void> {
  await using handle = await open(file, 'r+')
  await handle.write(bytes, 0, bytes.length, at)
}

const cutTo = (share: number) => async () => {
  const file = await fileOf('.incr.aof')
  await truncate(file, Math.floor((await readFile(file)).length * share))
}

async function replaceByFolder(path: string): Promise<void> {
  await rm(path, { recursive: true })
  await mkdir(path)
}

const usable = async () => {
  const redis = await openHere()
  await ask(redis.address, (client) => client.set('after', 'all'))
  await redis.close()
  const again = await openHere()
  expect(await ask(again.address, (client) => client.get('after'))).toBe('all')
  await again.close()
}

test.each([
  ['half', cutTo(0.5)],
  ['nine tenths', cutTo(0.1)],
  ['all', cutTo(0)],
])('a server whose last writes were cut by %s comes back with the others', async (_, damage) => {
  await fill()
  await damage()
  const redis = await openHere()
  expect(await ask(redis.address, (client) => client.get('key 3'))).toContain('value')
  await redis.close()
  await usable()
  expect([await asideNames(), told]).toEqual([[], []])
})

test.each([
  ['zero bytes behind it', async () => appendFile(await fileOf('.incr.aof'), Buffer.alloc(4096))],
  [
    'garbage in its middle',
    async () => overwrite(await fileOf('.incr.aof'), 1000, Buffer.alloc(700, 'garbage')),
  ],
  ['a manifest of garbage', async () => writeFile(await fileOf('.manifest'), 'garbage\n')],
  ['an empty manifest', async () => truncate(await fileOf('.manifest'))],
  ['a base file cut short', async () => truncate(await fileOf('.base.rdb'), 60)],
  ['a base file of garbage', async () => overwrite(await fileOf('.base.rdb'), 0, Buffer.alloc(60, 'x'))],
  ['no base file', async () => rm(await fileOf('.base.rdb'))],
  ['a folder in place of its last file', async () => replaceByFolder(await fileOf('.incr.aof'))],
  [
    'a file in place of its folder',
    async () => {
      await rm(join(folder, 'appendonlydir'), { recursive: true })
      await writeFile(join(folder, 'appendonlydir'), 'a file')
    },
  ],
])('a server with %s starts empty, and what was damaged lies aside', async (_, damage) => {
  await fill()
  await damage()
  await usable()
  const [aside] = await asideNames()
  expect(aside).toMatch(/^appendonlydir\.damaged-\d{4}-\d\d-\d\dT/)
  expect(told).toEqual([expect.stringContaining(join(folder, aside!))])
})

test('a server that dies, its data damaged meanwhile, is started again empty', async () => {
  await fill()
  const redis = await openHere()
  const pid = await serverPid()
  await appendFile(await fileOf('.incr.aof'), Buffer.alloc(4096))
  process.kill(pid, 'SIGKILL')
  await eventually(() => ask(redis.address, (client) => client.set('after', 'all')).catch(() => null))
  expect(isRunning(pid)).toBe(false)
  await eventually(async () => told.length > 0)
  expect(await asideNames()).toHaveLength(1)
  expect(told).toEqual([expect.stringContaining('is kept in')])
  await redis.close()
})

describe('what is no damage sets nothing aside', () => {
  /** A program that stands for a redis-server which cannot run here. */
  async function program(line: string): Promise<string> {
    const path = join(home, 'program')
    await writeFile(path, `#!/bin/sh\n${line}\n`)
    await chmod(path, 0o700)
    return path
  }

  test.each([
    ['a program that ends at once', async () => program('exit 1')],
    ['a program that is not there', async () => 'no-such-redis-server'],
    ['a server that was killed', async () => program('kill -9 $$')],
  ])('%s', async (_, make) => {
    await fill()
    const before = await readdir(join(folder, 'appendonlydir'))
    await expect(openHere(await make())).rejects.toMatchObject({ code: 'E_QUEUE_DOWN' })
    expect([await asideNames(), told]).toEqual([[], []])
    expect(await readdir(join(folder, 'appendonlydir'))).toEqual(before)
    const redis = await openHere()
    expect(await ask(redis.address, (client) => client.get('key 19'))).toContain('value')
    await redis.close()
  })

  test('a log that cannot be written', async () => {
    await fill()
    await replaceByFolder(join(folder, 'redis.log'))
    await expect(openHere()).rejects.toMatchObject({ code: 'E_QUEUE_DOWN' })
    expect(await asideNames()).toEqual([])
  })

  test('a server that cannot start is told with what its log says', async () => {
    await fill()
    await mkdir(join(folder, 'redis.sock'))
    await expect(openHere()).rejects.toMatchObject({
      code: 'E_QUEUE_DOWN',
      message: expect.stringMatching(/did not start: .*(socket|bind|Address)/i),
    })
    expect(await asideNames()).toEqual([])
  })

  test.skipIf(process.getuid?.() === 0)('files that may not be read', async () => {
    await fill()
    await chmod(await fileOf('.incr.aof'), 0)
    await expect(openHere()).rejects.toMatchObject({ code: 'E_QUEUE_DOWN' })
    expect(await asideNames()).toEqual([])
  })
})

test('the three latest are kept', async () => {
  await mkdir(folder)
  for (let hour = 1; hour <= 5; hour++) {
    await mkdir(join(folder, 'appendonlydir'))
    await writeFile(join(folder, 'appendonly.aof'), '')
    await setAside(folder, new Date(Date.UTC(2026, 0, 1, hour)))
  }
  await forgetOldest(folder)
  expect((await readdir(folder)).sort()).toEqual(
    ['appendonly.aof', 'appendonlydir'].flatMap((name) =>
      [3, 4, 5].map((hour) => `${name}.damaged-2026-01-01T0${hour}-00-00-000Z`),
    ),
  )
})
