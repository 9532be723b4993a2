import { aftermath } from './aftermath.ts'
import { told } from './figures.ts'
import type { Fault, Lab } from './lab.ts'
import { unfinishedJobs } from './ledger.ts'
import { isRedis, isWorker, signal } from './processes.ts'
import { oneOf } from './random.ts'
import { openSite, type Site } from './site.ts'
import { seconds } from './waiting.ts'

const documents = 200
const kills = 20
/** Of these kills, every so many is one of Redis. */
const redisEvery = 8
const betweenSeconds = 1.5

async function killAtRandom(lab: Lab, site: Site): Promise<{ workers: number; redis: number }> {
  const killed = { workers: 0, redis: 0 }
  for (let n = 1; n <= kills; n++) {
    await seconds(2 * betweenSeconds * lab.random())
    const kind = n % redisEvery === 0 ? 'redis' : 'workers'
    const victim = oneOf(site.processes(kind === 'redis' ? isRedis : isWorker), lab.random)
    if (victim === undefined) continue
    signal(victim.pid)
    killed[kind]++
  }
  return killed
}

const fault: Fault = {
  name: 'kills-under-load',
  what: `${documents} documents, 3 workers, a random SIGKILL every ${betweenSeconds} s for half a minute`,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve({ workers: 3 })
    const { jobs } = await served.submit(lab.documents(documents))
    const killed = await killAtRandom(lab, site)
    const left = unfinishedJobs(site.home)
    return [
      told('workers killed', killed.workers),
      told('Redis killed', killed.redis),
      told('left after the last', left),
      ...(await aftermath(site, served, jobs)),
    ]
  },
}
export default fault
