import sharp from 'sharp'
import { peakBytes, peakBytesOfTree, peakDuring } from '../process-memory.ts'
import { atMost, exactly, told } from './figures.ts'
import type { Fault } from './lab.ts'
import { results, readOf, statusOf, untilDrained } from './ledger.ts'
import { isWorker, readersIn } from './processes.ts'
import { openSite } from './site.ts'
import { until } from './waiting.ts'

const capMb = 500
/** Megabytes by which a child may be above its cap until somebody has seen it, and the worker grow meanwhile. */
const mostMb = 1.3 * capMb
const mostGrowthMb = 50

/** Just below what is refused for its size. */
const side = { width: 12_000, height: 11_600 }

const blank = (): Promise<Buffer> =>
  sharp({ create: { ...side, channels: 3, background: '#fff' }, limitInputPixels: false })
    .png({ compressionLevel: 1 })
    .toBuffer()

const mb = (bytes: number): number => bytes / 2 ** 20

const fault: Fault = {
  name: 'large-picture',
  what: `a PNG of ${(side.width * side.height) / 1e6} megapixels under a cap of ${capMb} MB`,
  async run(lab) {
    await using site = await openSite(lab)
    const picture = await blank()
    const served = await site.serve({ env: { PARALLAX_MEMORY_MB: String(capMb) } })
    await served.submit(lab.documents(1))
    await until(() => results(site.home) === 1, 30)
    const worker = site.processes(isWorker)[0]!.pid
    const before = mb(peakBytes(worker))
    const large = await served.submit([picture])
    const drained = untilDrained(site.home, 90)
    const reader = (): number | undefined => readersIn(site.folder)[0]?.pid
    const peak = mb(await peakDuring(drained, reader, peakBytesOfTree))
    const next = await served.submit(lab.documents(2))
    await untilDrained(site.home, 30)
    return [
      atMost('peak of the child', peak, mostMb, 'MB'),
      atMost('growth of the worker', mb(peakBytes(worker)) - before, mostGrowthMb, 'MB'),
      told('seconds', await drained),
      exactly('the picture is done with', statusOf(site.home, large.jobs[0]!) !== 'queued', true),
      exactly('others read', readOf(site.home, next.jobs), 2),
    ]
  },
}
export default fault
