import { join } from 'node:path'
import { Redis } from 'ioredis'
import { aftermath } from './aftermath.ts'
import { exactly, told } from './figures.ts'
import type { Fault } from './lab.ts'
import { results } from './ledger.ts'
import { openSite } from './site.ts'
import { seconds, until } from './waiting.ts'

const documents = 20
const fullSeconds = 10

async function limitRedis(home: string, maxmemory: string): Promise<void> {
  const redis = new Redis(join(home, 'redis', 'redis.sock'))
  await redis.config('SET', 'maxmemory', maxmemory)
  redis.disconnect()
}

const fault: Fault = {
  name: 'redis-full',
  what: `Redis has no memory left (maxmemory 1mb) for ${fullSeconds} s, in which ${documents} documents are submitted`,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve()
    await until(async () => (await served.ask('/v1/ready')).status === 200, 30, 100)
    await limitRedis(site.home, '1mb')
    const submitted = await served.submit(lab.documents(documents))
    const refused = await until(async () => (await served.ask('/v1/ready')).status === 503, 5, 100)
    await seconds(fullSeconds)
    const meanwhile = results(site.home)
    await limitRedis(site.home, '0')
    const back = await until(async () => (await served.ask('/v1/ready')).status === 200, 10, 100)
    return [
      exactly('submission', submitted.status, 202),
      exactly('/v1/ready says so', refused !== null, true),
      exactly('and when it is over', back !== null, true),
      told('read meanwhile', meanwhile),
      ...(await aftermath(site, served, submitted.jobs)),
    ]
  },
}
export default fault
