import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openPrivateRedis } from './private-redis.ts'
import { createProbe, type Probe } from './probe.ts'
import { connectOnce, type OpenRedis } from './redis.ts'

let home: string
let redis: OpenRedis
let admin: Redis
let probe: Probe
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parallax-probe-'))
  redis = await openPrivateRedis({ home })
  admin = await connectOnce(redis.address, {})
  probe = createProbe(redis.address, 'parallax-test')
})
afterEach(async () => {
  await admin.config('SET', 'maxmemory', '0')
  await admin.config('SET', 'min-replicas-to-write', '0')
})
afterAll(async () => {
  probe.close()
  admin.disconnect()
  await redis.close()
  await rm(home, { recursive: true })
})

test('a queue that takes writes is well, and forgets them', async () => {
  await probe.check()
  expect(await admin.keys('*')).toEqual(['parallax-test:probe'])
  expect(await admin.ttl('parallax-test:probe')).toBeGreaterThan(0)
})

test('a full one is told until it has room again', async () => {
  await admin.config('SET', 'maxmemory', '1')
  await expect(probe.check()).rejects.toMatchObject({
    code: 'E_QUEUE_DOWN',
    message: expect.stringContaining('full (maxmemory)'),
  })
  await admin.config('SET', 'maxmemory', '0')
  await probe.check()
})

test('one that refuses writes for another reason is not well either', async () => {
  await admin.config('SET', 'min-replicas-to-write', '1')
  await expect(probe.check()).rejects.toMatchObject({ code: 'E_QUEUE_DOWN' })
})

test('one that is away is told, and found again', async () => {
  const other = await mkdtemp(join(tmpdir(), 'parallax-probe-'))
  const address = { socket: join(other, 'redis', 'redis.sock') }
  const early = createProbe(address, 'parallax-test')
  await expect(early.check()).rejects.toMatchObject({ code: 'E_QUEUE_DOWN' })
  const late = await openPrivateRedis({ home: other })
  while (
    !(await early.check().then(
      () => true,
      () => false,
    ))
  );
  early.close()
  await late.close()
  await rm(other, { recursive: true })
})
