import { peakBytes } from '../process-memory.ts'
import { aftermath } from './aftermath.ts'
import { atMost, exactly } from './figures.ts'
import type { Fault } from './lab.ts'
import { results } from './ledger.ts'
import { openSite } from './site.ts'
import { openSockets } from './sockets.ts'
import { until } from './waiting.ts'

const listeners = 200
const documents = 20
const mostGrowthMb = 100

const fault: Fault = {
  name: 'deaf-listeners',
  what: `${listeners} connections ask for events, rows, pages and pictures, and never read`,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve()
    const first = await served.submit(lab.documents(1))
    await until(() => results(site.home) === 1, 30)
    const { batch, jobs } = await served.submit(lab.documents(documents))
    await served.ask(`/v1/jobs/${first.jobs[0]}/pages/1`)
    const before = peakBytes(served.pid)
    const asked = [
      `batches/${batch}/events`,
      'exports',
      `jobs/${first.jobs[0]}/pages/1`,
      `batches/${first.batch}/report`,
    ]
    const get = (i: number, host: string): string =>
      `GET /v1/${asked[i % asked.length]} HTTP/1.1\r\nHost: ${host}\r\n\r\n`
    using deaf = await openSockets(served.url, listeners, get)
    for (const socket of deaf.open) socket.pause()
    const events = await served.ask(`/v1/batches/${batch}/events`)
    return [
      exactly('others hear the end', events.text.includes('event: finished'), true),
      ...(await aftermath(site, served, [...first.jobs, ...jobs])),
      atMost('growth of serve', (peakBytes(served.pid) - before) / 2 ** 20, mostGrowthMb, 'MB'),
    ]
  },
}
export default fault
