import type { Config } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'
import { startDispatcher, type Dispatcher } from '../queue/dispatcher.ts'
import type { RedisAddress } from '../queue/redis.ts'
import type { Records } from './records.ts'

// Reading a page needs neither Redis nor BullMQ, which take long to load.
export const loadBullmq = () => import('../queue/bullmq.ts')
const loadRedis = () => import('../queue/open-redis.ts')

/** Is told what goes wrong beside the work. */
export type Report = (trouble: unknown) => void

export interface OpenQueue extends AsyncDisposable {
  readonly address: RedisAddress
  readonly warnings: readonly string[]
}

/** The Redis of the configuration: a private one unless a URL is set. `report` is told of what happens to it later. */
export async function openQueue({ home, redisUrl }: Config, report: Report = () => {}): Promise<OpenQueue> {
  const { openRedis } = await loadRedis()
  const { address, warnings, close } = await openRedis({ home, url: redisUrl, onWarning: report })
  return { address, warnings, [Symbol.asyncDispose]: close }
}

/** Whether the queue is away, which passes; other failures are no matter of time. */
export const isAway = (error: unknown): boolean =>
  error instanceof ParallaxError && error.code === 'E_QUEUE_DOWN'

/** What gives work to the queue. */
export interface Sender extends AsyncDisposable, Pick<Dispatcher, 'wake'> {
  /** Gives out the work of a key for its reserve paths; where the queue is away, it is found as abandoned later. */
  reprocessLater(key: string): Promise<void>
  countWorkers(): Promise<number>
}

const dispatchMs = 1_000

export async function openSender(
  { concurrency }: Config,
  address: RedisAddress,
  { store, queuePrefix: prefix }: Records,
  onError: Report,
): Promise<Sender> {
  const { createQueue } = await loadBullmq()
  const queue = createQueue(address, { prefix, onReady: () => dispatcher?.startOver() })
  const extracts = {
    enqueue: (key: string, rank?: number) => queue.enqueue('extract', { key }, rank),
    contents: () => queue.contents('extract'),
  }
  const dispatcher = startDispatcher(store, extracts, { room: 2 * concurrency, everyMs: dispatchMs, onError })
  return {
    wake: dispatcher.wake,
    reprocessLater: (key) => queue.enqueue('reprocess', { key }).catch(unlessQueueDown),
    countWorkers: () => queue.countWorkers('extract'),
    async [Symbol.asyncDispose]() {
      await dispatcher.stop()
      await queue.close()
    },
  }
}

function unlessQueueDown(error: unknown): void {
  if (!isAway(error)) throw error
}
