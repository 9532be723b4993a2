import { setTimeout as delay } from 'node:timers/promises'
import { atMost, exactly, told } from './figures.ts'
import type { Fault, Lab } from './lab.ts'
import { statusOf } from './ledger.ts'
import type { Served } from './served.ts'
import { openSite } from './site.ts'
import { age, digestOf, isStored, leftBehind } from './stored-files.ts'
import { until } from './waiting.ts'

const kills = 8
const clients = 4
const perRequest = 10

interface Acknowledged {
  readonly job: string
  readonly digest: string
}

/** Submits as long as it is answered. */
async function submitUntilDeath(lab: Lab, served: Served, into: Acknowledged[]): Promise<void> {
  for (;;) {
    const documents = lab.documents(perRequest)
    const { status, jobs } = await served.submit(documents)
    if (status !== 202) return
    into.push(...jobs.map((job, i) => ({ job, digest: digestOf(documents[i]!) })))
  }
}

const fault: Fault = {
  name: 'killed-uploads',
  what: `serve killed ${kills} times while ${clients} clients submit ${perRequest} documents a request; started again an hour later`,
  async run(lab) {
    await using site = await openSite(lab)
    const all: Acknowledged[] = []
    for (let kill = 0; kill < kills; kill++) {
      const served = await site.serve({ workers: 0 })
      await served.submit(lab.documents(1)) // The first waits until engines have started.
      const submitting = Array.from({ length: clients }, () => submitUntilDeath(lab, served, all))
      await delay(400 + 800 * lab.random())
      await served.end('SIGKILL')
      await Promise.all(submitting)
    }
    const before = (await leftBehind(site.home)).length
    await age(site.home)
    await site.serve({ workers: 0 })
    const swept = await until(async () => (await leftBehind(site.home)).length === 0, 15, 200)
    const stored = await Promise.all(all.map(({ digest }) => isStored(site.home, digest)))
    return [
      told('acknowledged', all.length),
      exactly('lost', all.filter(({ job }) => statusOf(site.home, job) === 'lost').length, 0),
      exactly('without their document', stored.filter((is) => !is).length, 0),
      told('left behind at the last kill', before),
      exactly('left behind after the next start', (await leftBehind(site.home)).length, 0),
      atMost('seconds until then', swept, 15),
    ]
  },
}
export default fault
