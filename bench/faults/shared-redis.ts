import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { aftermath } from './aftermath.ts'
import { atMost, exactly, type Figure } from './figures.ts'
import type { Fault, Lab } from './lab.ts'
import { results, untilDrained } from './ledger.ts'
import { submitMeanwhile, type Meanwhile } from './outage.ts'
import type { Served } from './served.ts'
import { openSite, type Site } from './site.ts'
import { until } from './waiting.ts'

const outages = [3, 12, 40]

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answers(port: number): Promise<boolean> {
  const client = new Redis({ port, lazyConnect: true, retryStrategy: null })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}

/** A Redis as somebody else runs it, with the settings that Parallax asks for. */
async function startRedis(folder: string, port: number): Promise<ChildProcess> {
  const dir = join(folder, 'shared')
  await mkdir(dir, { recursive: true })
  const settings = { port, bind: '127.0.0.1', dir, appendonly: 'yes', 'maxmemory-policy': 'noeviction' }
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  const server = spawn('redis-server', options, { cwd: folder, stdio: 'ignore' })
  await until(() => answers(port), 20)
  return server
}

interface Shared {
  server: ChildProcess
  readonly port: number
}

async function outage(
  lab: Lab,
  site: Site,
  served: Served,
  shared: Shared,
  away: number,
): Promise<Meanwhile & { readonly first: number | null }> {
  const ended = once(shared.server, 'exit')
  shared.server.kill('SIGKILL')
  await ended
  const meanwhile = await submitMeanwhile(lab, served, away, 1.5)
  const read = results(site.home)
  shared.server = await startRedis(site.folder, shared.port)
  return { ...meanwhile, first: await until(() => results(site.home) > read, 60) }
}

const fault: Fault = {
  name: 'shared-redis',
  what: `a shared Redis is away for ${outages.join('/')} s while documents are submitted`,
  waits: true,
  async run(lab) {
    await using site = await openSite(lab)
    const port = await freePort()
    const shared: Shared = { server: await startRedis(site.folder, port), port }
    const served = await site.serve({ env: { PARALLAX_REDIS_URL: `redis://127.0.0.1:${port}` } })
    const jobs = [...(await served.submit(lab.documents(2))).jobs]
    const figures: Figure[] = []
    for (const away of outages) {
      await untilDrained(site.home, 30)
      const ended = await outage(lab, site, served, shared, away)
      jobs.push(...ended.jobs)
      figures.push(
        exactly(`refused in ${away} s`, ended.refused, 0),
        atMost('slowest answer', ended.slowest, 2, 's'),
        atMost('first result after the return', ended.first, 2, 's'),
      )
    }
    return [...figures, ...(await aftermath(site, served, jobs))]
  },
}
export default fault
