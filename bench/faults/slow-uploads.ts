import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setInterval } from 'node:timers'
import { aftermath } from './aftermath.ts'
import { atMost, exactly, told, type Figure } from './figures.ts'
import type { Fault } from './lab.ts'
import { openSite } from './site.ts'
import { openSockets } from './sockets.ts'
import { until } from './waiting.ts'

const uploads = 60
const documents = 20

const begun = (_: number, host: string): string =>
  [
    'POST /v1/batches HTTP/1.1',
    `Host: ${host}`,
    'Content-Type: multipart/form-data; boundary=x',
    'Content-Length: 900000',
    '',
    `--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n${'a'.repeat(50_000)}`,
  ].join('\r\n')

const fault: Fault = {
  name: 'slow-uploads',
  what: `${uploads} uploads that send a byte each tenth of a second, while others submit ${documents} documents`,
  async run(lab) {
    await using site = await openSite(lab)
    const served = await site.serve()
    const slow = await openSockets(served.url, uploads, begun)
    const dripping = setInterval(() => slow.open.forEach((socket) => socket.write('a')), 100)
    const figures: Figure[] = []
    try {
      const answers = []
      for (const document of lab.documents(documents)) answers.push(await served.submit([document]))
      const slowest = Math.max(...answers.map((answer) => answer.seconds))
      figures.push(told('slowest answer', slowest, 's'))
      figures.push(
        ...(await aftermath(
          site,
          served,
          answers.flatMap(({ jobs }) => jobs),
        )),
      )
      figures.push(exactly('acknowledged', answers.filter(({ status }) => status === 202).length, documents))
    } finally {
      clearInterval(dripping)
      slow[Symbol.dispose]()
    }
    const cleared = await until(async () => (await readdir(join(site.home, 'uploads'))).length === 0, 20, 100)
    return [...figures, atMost('nothing left of them after', cleared, 5, 's')]
  },
}
export default fault
