import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { aftermath } from './aftermath.ts'
import { atMost, exactly, told } from './figures.ts'
import type { Fault } from './lab.ts'
import { openSite } from './site.ts'
import { until } from './waiting.ts'

const each = 4

/** A listener that behaves at every path as its name says, and counts who came. */
async function listen(): Promise<{ server: Server; host: string; calls: Map<string, number> }> {
  const calls = new Map<string, number>()
  const behave: Readonly<Record<string, (response: ServerResponse) => void>> = {
    '/ok': (response) => void response.end(),
    '/fail': (response) => void response.writeHead(500).end(),
    '/redirect': (response) => void response.writeHead(307, { location: '/elsewhere' }).end(),
    '/elsewhere': (response) => void response.end(),
    '/hang': () => {},
  }
  const server = createServer(({ url = '' }, response) => {
    calls.set(url, (calls.get(url) ?? 0) + 1)
    behave[url]?.(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}`, calls }
}

const fault: Fault = {
  name: 'callbacks',
  what: `callbacks that hang, fail or redirect, ${each} of each, before ${each} that are good`,
  async run(lab) {
    await using site = await openSite(lab)
    const [good, bad] = [await listen(), await listen()]
    try {
      const served = await site.serve({
        workers: 2,
        env: {
          PARALLAX_WEBHOOK_HOSTS: `${good.host},${bad.host}`,
          PARALLAX_WEBHOOK_SECRET: Buffer.alloc(32, 1).toString('base64'),
        },
      })
      const urls = [
        ...['hang', 'fail', 'redirect'].map((path) => `http://${bad.host}/${path}`),
        `http://${good.host}/ok`,
      ]
      const answers = []
      for (const callback of urls)
        for (const document of lab.documents(each))
          answers.push(await served.submit([document], { callback }))
      const after = await aftermath(
        site,
        served,
        answers.flatMap(({ jobs }) => jobs),
      )
      const called = await until(() => good.calls.get('/ok') === each, 30)
      await until(() => (bad.calls.get('/redirect') ?? 0) > 0, 30)
      return [
        atMost('good ones called after', called, 10, 's'),
        told('tries that failed', (bad.calls.get('/fail') ?? 0) + (bad.calls.get('/hang') ?? 0)),
        exactly('redirects followed', bad.calls.get('/elsewhere') ?? 0, 0),
        ...after,
      ]
    } finally {
      for (const { server } of [good, bad]) {
        server.closeAllConnections()
        server.close()
      }
    }
  },
}
export default fault
