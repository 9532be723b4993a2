import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aftermath } from './aftermath.ts'
import { exactly, told, type Outcome } from './figures.ts'
import type { Fault, Lab } from './lab.ts'
import { results } from './ledger.ts'
import { openSite } from './site.ts'
import { seconds, until } from './waiting.ts'

const documents = 60
const fullSeconds = 10

/** The service takes nothing on with less than a gigabyte free. */
const diskMb = 1100

const ran = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0

async function fillDisk(folder: string): Promise<string> {
  const { bavail, bsize } = await statfs(folder)
  const filler = join(folder, 'filler')
  // What does not go in as one piece goes in block by block.
  if (!ran('fallocate', '-l', String(bavail * bsize), filler))
    ran('dd', 'if=/dev/zero', `of=${filler}`, 'bs=64k')
  return filler
}

async function onSmallDisk(lab: Lab, folder: string): Promise<Outcome> {
  await using site = await openSite(lab, folder)
  const served = await site.serve({ workers: 2 })
  const { jobs } = await served.submit(lab.documents(documents))
  await until(() => results(site.home) >= 5, 30)
  const filler = await fillDisk(folder)
  const { bavail } = await statfs(folder)
  await seconds(fullSeconds)
  const refused = await served.submit(lab.documents(1))
  const health = await served.ask('/v1/health')
  const left = documents - results(site.home)
  await rm(filler)
  return [
    told('blocks left', bavail),
    told('not read while it was full', left),
    exactly('a submission meanwhile', refused.status, 429),
    exactly('health', health.status, 200),
    ...(await aftermath(site, served, jobs)),
  ]
}

const fault: Fault = {
  name: 'disk-full',
  what: `the disk is full for ${fullSeconds} s while ${documents} documents are read`,
  async run(lab) {
    const folder = await mkdtemp(join(tmpdir(), 'parallax-faults-disk-'))
    const isMounted = ran('mount', '-t', 'tmpfs', '-o', `size=${diskMb}m`, 'parallax-faults', folder)
    try {
      if (!isMounted) return { skipped: 'a small disk cannot be mounted here' }
      return await onSmallDisk(lab, folder)
    } finally {
      if (isMounted) ran('umount', '-l', folder)
      await rm(folder, { recursive: true, force: true })
    }
  },
}
export default fault
