import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { atMost, type Figure } from './figures.ts'
import type { Fault, Lab } from './lab.ts'
import { isChild, isRedis, isWorker, processesIn, readersIn, signal } from './processes.ts'
import { openSite, type Site } from './site.ts'
import { until } from './waiting.ts'

const mostSeconds = 3

/** Seconds until none of these is left. */
async function untilGone(site: Site, pids: readonly number[]): Promise<number | null> {
  return until(() => !processesIn(site.folder).some(({ pid }) => pids.includes(pid)), 30)
}

/** Kills a process; answers the seconds until all that it had started is gone, but for Redis, which outlives who starts it. */
async function killAlone(site: Site, pid: number, belongs: (parent: number) => boolean) {
  const below = site.processes((found) => found.pid !== pid && !isRedis(found) && belongs(found.parent))
  signal(pid)
  return untilGone(
    site,
    below.map((found) => found.pid),
  )
}

async function workerKilled(lab: Lab): Promise<number | null> {
  await using site = await openSite(lab)
  const served = await site.serve()
  await served.submit([lab.slowDocument(), lab.slowDocument()])
  await until(() => readersIn(site.folder).length > 0, 30)
  const worker = site.processes(isWorker)[0]!.pid
  return await killAlone(site, worker, (parent) => parent === worker)
}

async function serveKilled(lab: Lab): Promise<number | null> {
  await using site = await openSite(lab)
  const served = await site.serve({ workers: 2 })
  await served.submit([lab.slowDocument(), lab.slowDocument(), ...lab.documents(20)])
  await until(() => readersIn(site.folder).length > 0, 30)
  return await killAlone(site, served.pid, () => true)
}

/** A command that reads a folder, killed while its children read. */
async function commandKilled(lab: Lab, command: string): Promise<number | null> {
  await using site = await openSite(lab)
  const folder = join(site.folder, 'in')
  await mkdir(folder)
  for (const [i, bytes] of lab.documents(30).entries()) await writeFile(join(folder, `${i}.jpg`), bytes)
  const { pid } = site.start(command, folder, '--route', 'modular', '--out', join(site.folder, 'out.jsonl'))
  await until(() => site.processes(isChild).length > 0, 30)
  return await killAlone(site, pid!, () => true)
}

const fault: Fault = {
  name: 'parent-killed',
  what: 'whoever has children read is killed: seconds until nothing of it is left',
  async run(lab) {
    const figures: Figure[] = [
      atMost('a worker', await workerKilled(lab), mostSeconds),
      atMost('serve', await serveKilled(lab), mostSeconds),
    ]
    for (const command of ['batch', 'extract'])
      figures.push(atMost(command, await commandKilled(lab, command), mostSeconds))
    return figures
  },
}
export default fault
