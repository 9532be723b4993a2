import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Lets a request pass, or does something else with it. */
export type Meddle = (request: IncomingMessage, response: ServerResponse, pass: () => void) => void

export interface Proxy extends AsyncDisposable {
  readonly url: string
}

/** What may stand between a client and a service, on this machine; for tests. */
export async function openProxy(to: string, meddle: Meddle): Promise<Proxy> {
  const server = createServer((incoming, answer) => {
    const pass = (): void => {
      const { method, headers, url = '/' } = incoming
      const outgoing = request(new URL(url, to), { method, headers }, (response) => {
        if (answer.destroyed) return void response.resume()
        answer.writeHead(response.statusCode!, response.headers)
        response.pipe(answer)
        answer.once('close', () => response.destroy())
      })
      outgoing.once('error', () => answer.destroy())
      incoming.pipe(outgoing)
    }
    meddle(incoming, answer, pass)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
