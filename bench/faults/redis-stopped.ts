import { aftermath } from './aftermath.ts'
import { atMost, exactly } from './figures.ts'
import type { Fault } from './lab.ts'
import { results } from './ledger.ts'
import { isRedis, signal } from './processes.ts'
import { submitMeanwhile } from './outage.ts'
import { openSite } from './site.ts'
import { until } from './waiting.ts'

const stoppedSeconds = 35

const fault: Fault = {
  name: 'redis-stopped',
  what: `the private Redis stands still (SIGSTOP) for ${stoppedSeconds} s while documents are submitted`,
  waits: true,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve()
    const before = await served.submit(lab.documents(2))
    await until(() => results(site.home) === 2, 30)
    const redis = site.processes(isRedis)
    for (const { pid } of redis) signal(pid, 'SIGSTOP')
    const meanwhile = await submitMeanwhile(lab, served, stoppedSeconds, 5)
    const read = results(site.home)
    for (const { pid } of redis) signal(pid, 'SIGCONT')
    const first = await until(() => results(site.home) > read, 60)
    return [
      exactly('refused', meanwhile.refused, 0),
      atMost('slowest answer', meanwhile.slowest, 2, 's'),
      atMost('first result after the return', first, 2, 's'),
      ...(await aftermath(site, served, [...before.jobs, ...meanwhile.jobs])),
    ]
  },
}
export default fault
