import { isHeld, readOf, results, statusOf, untilDrained } from './ledger.ts'
import { atMost, exactly, told } from './figures.ts'
import type { Fault } from './lab.ts'
import { isWorker, readersIn, signal } from './processes.ts'
import { openSite, type Site } from './site.ts'
import { until } from './waiting.ts'

const others = 20

/** Kills the child that has the file in hand, again and again; answers the seconds from the first death to the end. */
async function killWhoeverTakes(site: Site, job: string): Promise<{ deaths: number; taken: number | null }> {
  let first: number | null = null
  let deaths = 0
  const isEnded = (): boolean => {
    if (isHeld(site.home, job))
      for (const { pid } of readersIn(site.folder)) {
        first ??= performance.now()
        deaths++
        signal(pid)
      }
    return !['queued', 'running', 'reprocessing'].includes(statusOf(site.home, job))
  }
  const ended = await until(isEnded, 60, 10)
  return { deaths, taken: ended === null || first === null ? null : (performance.now() - first) / 1000 }
}

const fault: Fault = {
  name: 'poison-file',
  what: `the child is killed whenever it takes one of ${others + 1} files`,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve()
    const first = await served.submit(lab.documents(4))
    const poison = await served.submit([lab.slowDocument()])
    const last = await served.submit(lab.documents(others - 4))
    const workers = site.processes(isWorker).map(({ pid }) => pid)
    const { deaths, taken } = await killWhoeverTakes(site, poison.jobs[0]!)
    await untilDrained(site.home, 60)
    return [
      exactly('the file is', statusOf(site.home, poison.jobs[0]!), 'quarantined'),
      told('children that died of it', deaths),
      atMost('first death to quarantine', taken, 8, 's'),
      exactly('others read', readOf(site.home, [...first.jobs, ...last.jobs]), others),
      exactly('results', results(site.home), others + 1),
      exactly('the worker lives', site.processes(isWorker)[0]?.pid === workers[0], true),
    ]
  },
}
export default fault
