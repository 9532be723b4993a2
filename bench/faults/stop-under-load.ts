import { aftermath } from './aftermath.ts'
import { atMost, exactly } from './figures.ts'
import type { Fault } from './lab.ts'
import { leases, results } from './ledger.ts'
import { openSite } from './site.ts'
import { timed, until } from './waiting.ts'

const documents = 40

const fault: Fault = {
  name: 'stop-under-load',
  what: `SIGTERM to serve while two workers read ${documents} documents; started again afterwards`,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve({ workers: 2 })
    const { jobs } = await served.submit(lab.documents(documents))
    await until(() => results(site.home) >= 5, 30)
    let status: number | null = null
    const taken = await timed(async () => (status = await served.end('SIGTERM')))
    const left = [site.processes().length, leases(site.home).size]
    const next = await site.serve({ workers: 2 })
    return [
      atMost('ended after', taken, 30, 's'),
      exactly('exit status', String(status), '0'),
      exactly('processes left', left[0]!, 0),
      exactly('documents left in hand', left[1]!, 0),
      ...(await aftermath(site, next, jobs)),
    ]
  },
}
export default fault
