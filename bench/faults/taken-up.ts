import { quantile, median } from '../statistics.ts'
import { told, atMost, exactly, type Figure } from './figures.ts'
import type { Lab } from './lab.ts'
import { leases, isTakenUp, untilDrained } from './ledger.ts'
import { signal, type Found } from './processes.ts'
import type { Served } from './served.ts'
import { openSite, type Site } from './site.ts'
import { seconds, until } from './waiting.ts'

export interface Killing {
  /** How many pieces of work lose whoever reads them. */
  readonly times: number
  readonly victims: (site: Site) => readonly Found[]
  /** 95 % of the work must be in hand again within so many seconds. */
  readonly mostSeconds: number
}

const workers = 2
const timeoutSeconds = 45

/** Kills whoever has work in hand; answers the seconds until each piece was in hand again, null for those that were not. */
async function killOnce(lab: Lab, site: Site, served: Served, victims: Killing['victims']) {
  await served.submit(Array.from({ length: 2 * workers }, () => lab.slowDocument()))
  await until(() => leases(site.home).size >= workers, 30, 5)
  for (const { pid } of victims(site)) signal(pid)
  const before = leases(site.home)
  const taken = [...before].map(([key, token]) =>
    until(() => isTakenUp(site.home, key, token), timeoutSeconds),
  )
  return await Promise.all(taken)
}

/** How long work lies there that was in the hands of what is killed. */
export async function takenUp(
  lab: Lab,
  { times, victims, mostSeconds }: Killing,
): Promise<readonly Figure[]> {
  await using site = await openSite(lab)
  const served = await site.serve({ workers })
  const all: (number | null)[] = []
  for (let round = 0; all.length < times && round < times && served.isUp(); round++) {
    all.push(...(await killOnce(lab, site, served, victims)))
    await untilDrained(site.home, timeoutSeconds)
    await seconds(lab.random())
  }
  const known = all.map((value) => value ?? Infinity)
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
  return [
    told('killed', all.length),
    told('median seconds until taken up', finite(median(known))),
    atMost('p95', finite(quantile(known, 0.95)), mostSeconds),
    told('longest', finite(Math.max(...known))),
    exactly('serve stayed up', served.isUp(), true),
  ]
}
