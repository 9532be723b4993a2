import { join } from 'node:path'
import { Redis } from 'ioredis'
import { aftermath } from './aftermath.ts'
import { exactly } from './figures.ts'
import type { Fault } from './lab.ts'
import { openSite } from './site.ts'
import { until } from './waiting.ts'

const documents = 20

const fault: Fault = {
  name: 'redis-full',
  what: `Redis has no memory left (maxmemory 1mb) when ${documents} documents are submitted`,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve()
    await until(async () => (await served.ask('/v1/ready')).status === 200, 30, 100)
    const redis = new Redis(join(site.home, 'redis', 'redis.sock'))
    await redis.config('SET', 'maxmemory', '1mb')
    redis.disconnect()
    const submitted = await served.submit(lab.documents(documents))
    const told = await until(async () => (await served.ask('/v1/ready')).status === 503, 10, 100)
    return [
      exactly('submission', submitted.status, 202),
      exactly('/v1/ready says so', told !== null, true),
      ...(await aftermath(site, served, submitted.jobs)),
    ]
  },
}
export default fault
