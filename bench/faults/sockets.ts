import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Sockets extends Disposable {
  readonly open: readonly Socket[]
}

/** Connections to a service that have each said the first words that `say` gives them. */
export async function openSockets(
  url: string,
  count: number,
  say: (place: number, host: string) => string,
): Promise<Sockets> {
  const { hostname, port, host } = new URL(url)
  const open = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const socket = connect(Number(port), hostname)
      await once(socket, 'connect')
      socket.on('error', () => {})
      socket.write(say(i, host))
      return socket
    }),
  )
  return { open, [Symbol.dispose]: () => open.forEach((socket) => socket.destroy()) }
}
