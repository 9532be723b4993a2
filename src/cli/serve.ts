import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { InvalidArgumentError, type Command } from 'commander'
import type { FastifyInstance } from 'fastify'
import { defaultType } from '../core/document-type.ts'
import { openService } from '../app/service.ts'
import { ParallaxError, toErrorReport } from '../core/errors.ts'
import type { KeyStore } from '../core/access.ts'
import { isOpen } from '../service/access/keys.ts'
import { nowAndThen } from '../timing/now-and-then.ts'
import { onInterrupt } from './interrupt.ts'
import { configFor, countUpTo, type ReadOptions } from './options.ts'
import { plural, printable } from './text.ts'
import type { DocumentEnd } from './worker-run.ts'
import { createWorkers } from './workers.ts'

interface ServeOptions extends Pick<ReadOptions, 'concurrency'> {
  readonly host?: string
  readonly port?: number
  readonly workers: number
}

const loadServer = () => import('../api/server.ts')
const loadOrigin = () => import('../api/origin.ts')

function numberFrom0(max: number): (text: string) => number {
  const positive = countUpTo(max)
  return (text) => (text === '0' ? 0 : positive(text))
}

function port(text: string): number {
  try {
    return numberFrom0(65_535)(text)
  } catch {
    throw new InvalidArgumentError('It must be a whole number from 0 to 65535.')
  }
}

const say = nowAndThen((sentence) => process.stderr.write(`${printable(sentence)}\n`))

const tell = (trouble: unknown): void =>
  say(typeof trouble === 'string' ? trouble : toErrorReport(trouble).message)

async function refuseOpenDoor(keys: KeyStore, host: string, origin: string | null): Promise<void> {
  const { isLoopback } = await loadOrigin()
  if ((isLoopback(host) && origin === null) || !(await isOpen(keys))) return
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `At ${origin ?? host} everybody on the network could read and delete documents. Make a key first: parallax keys create NAME --role admin`,
  )
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined || !['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code))
      throw error
    const why = code === 'EADDRINUSE' ? 'something else listens there' : code
    throw new ParallaxError('E_BAD_REQUEST', `The service cannot listen at ${host}:${port}: ${why}.`, {
      cause: error,
    })
  }
}

/** Who asks for long is cut off after this, so that the whole service ends within half a minute. */
const timeoutMs = 10_000

const closing = (app: FastifyInstance): AsyncDisposable => ({
  async [Symbol.asyncDispose]() {
    const cut = new AbortController()
    void delay(timeoutMs, undefined, { signal: cut.signal }).then(
      () => app.server.closeAllConnections(),
      () => {},
    )
    await app.close()
    cut.abort()
  },
})

/** A line a request for whoever keeps logs; on a terminal only what went wrong. */
const logger = () => ({ level: process.stderr.isTTY ? 'warn' : 'info', stream: process.stderr })

async function serve({ workers: count, ...options }: ServeOptions): Promise<void> {
  const config = configFor(options)
  const { host, port } = { ...config.service, ...options }
  using interrupt = onInterrupt('Stopping.')
  let logEnd = (_: DocumentEnd): void => {}
  const workers = createWorkers(config, tell, (end) => logEnd(end))
  await using service = await openService(config, tell, workers.states)
  await refuseOpenDoor(service.store.keys, host, service.origin)
  const { createServer } = await loadServer()
  const app = await createServer(service, { logger: logger() })
  logEnd = ({ key, ...end }) => app.log.info({ work: key.slice(0, 16), ...end }, 'document')
  await using _workers = workers
  await using _app = closing(app)
  const address = await listen(app, host, port)
  workers.start(count)
  process.stdout.write(`Parallax is at ${address} (documents in ${config.home}). Ctrl-C stops it.\n`)
  // The first to submit need not wait for engines to start; why they do not is told to whoever asks for them.
  void service.types.describe(defaultType, 'auto').catch(() => {})
  if (interrupt.signal.aborted) return
  await once(interrupt.signal, 'abort')
  process.stderr.write(
    `Stopping; ${plural(count, 'worker')} ${count === 1 ? 'gives' : 'give'} back what is not read.\n`,
  )
}

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('the service: HTTP interface, review page, workers and their queue')
    .option('--host <host>', 'where to listen (default: PARALLAX_HOST, or 127.0.0.1)')
    .option('--port <port>', 'at which port (default: PARALLAX_PORT, or 7272); 0 takes a free one', port)
    .option('--workers <n>', 'worker processes to start', numberFrom0(64), 1)
    .option(
      '-j, --concurrency <n>',
      'documents at the same time in each worker (default: one a core)',
      countUpTo(256),
    )
    .action(serve)
}
