import { openRecords } from '../../src/app/records.ts'
import { readConfig } from '../../src/config.ts'
import { createKey } from '../../src/service/access/keys.ts'
import { median } from '../statistics.ts'
import { atMost, exactly, told } from './figures.ts'
import type { Fault, Lab } from './lab.ts'
import { readOf, unfinishedJobs } from './ledger.ts'
import type { Served } from './served.ts'
import { openSite } from './site.ts'
import { until } from './waiting.ts'

const mostQueued = 100
const perRequest = 50
const requests = 6
const timeoutSeconds = 60

async function keysOf(home: string, tenants: readonly string[]): Promise<readonly string[]> {
  await using records = await openRecords({ ...readConfig(), home })
  const made = []
  for (const tenant of tenants)
    made.push((await createKey(records.store.keys, { name: tenant, role: 'submitter', tenant })).key)
  return made
}

/** Seconds from sending a document to its row; null where it is refused, or too long in coming. */
async function timeOf(lab: Lab, home: string, served: Served, key: string) {
  const { status, jobs, seconds } = await served.submit(lab.documents(1), { key })
  if (status !== 202) return { status, taken: null }
  const waited = await until(() => readOf(home, jobs) === 1, timeoutSeconds, 10)
  return { status, taken: waited === null ? null : seconds + waited }
}

const fault: Fault = {
  name: 'one-tenant',
  what: `one tenant submits ${requests} requests of ${perRequest} where ${mostQueued} may wait; another submits one document`,
  async run(lab) {
    await using site = await openSite(lab)
    const [greedy = '', modest = ''] = await keysOf(site.home, ['greedy', 'modest'])
    const served = await site.serve({ env: { PARALLAX_MAX_QUEUED: String(mostQueued) } })
    const usual: number[] = []
    for (let n = 0; n < 6; n++) usual.push((await timeOf(lab, site.home, served, modest)).taken ?? NaN)
    const before = median(usual.slice(1))
    const answers = []
    for (let n = 0; n < requests; n++)
      answers.push(await served.submit(lab.documents(perRequest), { key: greedy }))
    const waiting = unfinishedJobs(site.home)
    const during = await timeOf(lab, site.home, served, modest)
    return [
      told('documents that wait', waiting),
      told('requests of the one refused', answers.filter(({ status }) => status === 429).length),
      exactly("the other's answer", during.status, 202),
      told("the other's usual time", before, 's'),
      atMost('times as long', during.taken === null ? null : during.taken / before, 3),
    ]
  },
}
export default fault
