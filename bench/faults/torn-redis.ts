import { appendFile, readdir, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { atMost, type Figure } from './figures.ts'
import type { Fault, Lab } from './lab.ts'
import { account, results, untilDrained } from './ledger.ts'
import { signal } from './processes.ts'
import { openSite } from './site.ts'
import { until } from './waiting.ts'

const documents = 16

/** The file to which Redis appends what it was told. */
async function appendOnlyFile(home: string): Promise<string> {
  const folder = join(home, 'redis', 'appendonlydir')
  const name = (await readdir(folder)).find((file) => file.endsWith('.incr.aof'))
  if (name === undefined) throw new Error(`There is no append-only file in ${folder}.`)
  return join(folder, name)
}

const cut =
  (share: number) =>
  async (file: string): Promise<void> =>
    truncate(file, Math.floor((await stat(file)).size * (1 - share)))

const damages: Readonly<Record<string, (file: string) => Promise<void>>> = {
  'cut by 50 %': cut(0.5),
  'cut by 90 %': cut(0.9),
  'cut by 100 %': cut(1),
  'with 4,096 zeros behind it': (file) => appendFile(file, Buffer.alloc(4096)),
}

async function tryDamage(
  lab: Lab,
  name: string,
  damage: (file: string) => Promise<void>,
): Promise<readonly Figure[]> {
  await using site = await openSite(lab)
  const served = await site.serve()
  const { jobs } = await served.submit(lab.documents(documents))
  await until(() => results(site.home) >= 3, 30)
  for (const { pid } of site.processes()) signal(pid)
  await until(() => site.processes().length === 0, 10)
  await damage(await appendOnlyFile(site.home))
  await site.serve({ workers: 2 })
  const drained = await untilDrained(site.home, 40)
  const failed = account(site.home, jobs).filter(({ met }) => met === false)
  return [
    atMost(`${name}: seconds until all was read`, drained, 40),
    ...failed.map((figure) => ({ ...figure, name: `${name}: ${figure.name}` })),
  ]
}

const fault: Fault = {
  name: 'torn-redis',
  what: 'everything killed at once, the append-only file of Redis cut or damaged, the service started again',
  async run(lab) {
    const figures: Figure[] = []
    for (const [name, damage] of Object.entries(damages)) {
      const ended = await tryDamage(lab, name, damage).catch((error: unknown): readonly Figure[] => [
        { name, value: String(error), met: false },
      ])
      figures.push(...ended)
    }
    return figures
  },
}
export default fault
