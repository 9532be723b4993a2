import { fileURLToPath } from 'node:url'
import { submitSteadily } from '../service-load.ts'
import { atMost, exactly, told } from './figures.ts'
import type { Fault } from './lab.ts'
import { openSite } from './site.ts'

const sample = fileURLToPath(new URL('../../samples/receipt/my-restaurant-scan-01/page.jpg', import.meta.url))

const load = { rate: 200, seconds: 30 }
const mostMs = 100

const fault: Fault = {
  name: 'submissions',
  what: `${load.rate} submissions a second for ${load.seconds} s`,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve({ workers: 0 })
    const { submitted, acknowledged, p50Ms, p99Ms } = await submitSteadily(served.url, sample, load)
    return [
      exactly('acknowledged', acknowledged, submitted),
      told('median', p50Ms, 'ms'),
      atMost('p99', p99Ms, mostMs, 'ms'),
    ]
  },
}
export default fault
