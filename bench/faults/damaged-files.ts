import { readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { aftermath } from './aftermath.ts'
import { exactly } from './figures.ts'
import type { Fault } from './lab.ts'
import { readOf, results } from './ledger.ts'
import { openSite } from './site.ts'
import { digestOf, isStored, pathOf } from './stored-files.ts'
import { until } from './waiting.ts'

async function flip(path: string): Promise<void> {
  const bytes = await readFile(path)
  const middle = bytes.byteLength >> 1
  bytes[middle] = bytes[middle]! ^ 0xff
  await writeFile(path, bytes)
}

const damages = [flip, (path: string) => truncate(path, 0), (path: string) => rm(path)]

const fault: Fault = {
  name: 'damaged-files',
  what: 'stored documents flipped, emptied and deleted before they are read; submitted again afterwards',
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve({ workers: 0 })
    const documents = lab.documents(damages.length)
    const digests = documents.map(digestOf)
    const damaged = await served.submit(documents)
    for (const [i, damage] of damages.entries()) await damage(pathOf(site.home, digests[i]!))
    const good = await served.submit(lab.documents(3))
    site.start('worker', '-j', '1')
    await until(() => readOf(site.home, good.jobs) === good.jobs.length, 40)
    const wrong = readOf(site.home, damaged.jobs)
    const others = readOf(site.home, good.jobs)
    const again = await served.submit(documents)
    const after = await aftermath(site, served, [...damaged.jobs, ...good.jobs, ...again.jobs])
    const stored = await Promise.all(digests.map((digest) => isStored(site.home, digest)))
    return [
      exactly('read although damaged', wrong, 0),
      exactly('others read', others, 3),
      exactly('mended', stored.filter(Boolean).length, damages.length),
      exactly('results', results(site.home), damages.length + 3),
      ...after,
    ]
  },
}
export default fault
