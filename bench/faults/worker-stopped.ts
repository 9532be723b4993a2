import { aftermath } from './aftermath.ts'
import { atMost, exactly } from './figures.ts'
import type { Fault } from './lab.ts'
import { leases, isTakenUp, results } from './ledger.ts'
import { isWorker, signal } from './processes.ts'
import { openSite } from './site.ts'
import { seconds, until } from './waiting.ts'

const stoppedSeconds = 35

const fault: Fault = {
  name: 'worker-stopped',
  what: `a worker stands still (SIGSTOP) for ${stoppedSeconds} s with a document in hand; another starts beside it`,
  waits: true,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve()
    const { jobs } = await served.submit([lab.slowDocument()])
    await until(() => leases(site.home).size === 1, 30, 5)
    const stopped = site.processes(isWorker)
    for (const { pid } of stopped) signal(pid, 'SIGSTOP')
    const [[key, token] = ['', '']] = leases(site.home)
    site.start('worker', '-j', '1')
    const taken = await until(() => isTakenUp(site.home, key, token), stoppedSeconds)
    await until(() => results(site.home) === 1, 20)
    await seconds(Math.max(0, stoppedSeconds - (taken ?? stoppedSeconds)))
    for (const { pid } of stopped) signal(pid, 'SIGCONT')
    await seconds(2)
    return [
      atMost('taken up by the other', taken, 30, 's'),
      exactly('results', results(site.home), 1),
      ...(await aftermath(site, served, jobs)),
    ]
  },
}
export default fault
