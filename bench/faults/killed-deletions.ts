import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { exactly, told } from './figures.ts'
import type { Fault, Lab } from './lab.ts'
import { count } from './ledger.ts'
import { signal } from './processes.ts'
import { openSite, type Site } from './site.ts'
import { age, leftBehind } from './stored-files.ts'
import { until } from './waiting.ts'

const kills = 8
const documents = 75

const jobsLeft = (home: string, batch: string): number =>
  count(home, 'select count(*) from jobs where batch_id = ?', batch)

/** Kills a deletion once some of the batch is gone; answers whether it was in the middle of it. */
async function deleteHalf(lab: Lab, site: Site, batch: string): Promise<boolean> {
  const deletion = site.start('delete', '--batch', batch)
  await until(() => jobsLeft(site.home, batch) < documents || deletion.exitCode !== null, 30, 2)
  await delay(20 * lab.random())
  signal(deletion.pid!)
  return jobsLeft(site.home, batch) > 0
}

async function deleteRest(site: Site, batch: string): Promise<void> {
  await once(site.start('delete', '--batch', batch), 'exit')
}

const fault: Fault = {
  name: 'killed-deletions',
  what: `delete --batch of ${documents} documents killed in the middle, ${kills} times, then given again; serve started`,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve({ workers: 0 })
    const batches: string[] = []
    for (let n = 0; n < kills; n++) batches.push((await served.submit(lab.documents(documents))).batch)
    await served.end('SIGTERM')
    let halves = 0
    for (const batch of batches) if (await deleteHalf(lab, site, batch)) halves++
    for (const batch of batches.filter((one) => jobsLeft(site.home, one) > 0)) await deleteRest(site, batch)
    const before = (await leftBehind(site.home)).length
    await age(site.home)
    await site.serve({ workers: 0 })
    await until(async () => (await leftBehind(site.home)).length === 0, 15, 200)
    return [
      told('killed in the middle', halves),
      exactly('jobs left', count(site.home, 'select count(*) from jobs'), 0),
      told('files left behind', before),
      exactly('left behind after the next start', (await leftBehind(site.home)).length, 0),
    ]
  },
}
export default fault
