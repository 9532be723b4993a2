import { atMost, exactly } from './figures.ts'
import type { Fault } from './lab.ts'
import { isHeld, readOf, statusOf, untilDrained } from './ledger.ts'
import { processesIn, readersIn, signal } from './processes.ts'
import { openSite } from './site.ts'
import { until } from './waiting.ts'

const deadlineSeconds = 4

const fault: Fault = {
  name: 'hanging-child',
  what: `the child that reads stands still (SIGSTOP); a page may take ${deadlineSeconds} s`,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve({ env: { PARALLAX_PAGE_SECONDS: String(deadlineSeconds) } })
    const first = await served.submit(lab.documents(1))
    await until(() => readOf(site.home, first.jobs) === 1, 60)
    const hanging = await served.submit([lab.slowDocument()])
    await until(() => isHeld(site.home, hanging.jobs[0]!), 30, 5)
    const readers = readersIn(site.folder).map(({ pid }) => pid)
    for (const pid of readers) signal(pid, 'SIGSTOP')
    const isDead = (): boolean => !processesIn(site.folder).some(({ pid }) => readers.includes(pid))
    const dead = await until(isDead, 30)
    const next = await served.submit(lab.documents(3))
    await untilDrained(site.home, 30)
    const [status = ''] = hanging.jobs.map((id) => statusOf(site.home, id))
    return [
      atMost('dead after', dead, deadlineSeconds + 1, 's'),
      exactly('the document has', status, 'failed'),
      exactly('others read', readOf(site.home, next.jobs), 3),
      exactly('serve stayed up', served.isUp(), true),
    ]
  },
}
export default fault
