import { once } from 'node:events'
import { ReplyError, type Redis } from 'ioredis'
import { ParallaxError } from '../core/errors.ts'
import { parseInfo, redisClient, type RedisAddress } from './redis.ts'
import { requireSafe } from './shared-redis.ts'

/** Finds out whether a Redis can be used as a queue now. */
export interface Probe {
  /** Rejects with E_QUEUE_DOWN when it does not answer, takes no writes, or may lose jobs. */
  check(): Promise<void>
  close(): void
}

/** What a refusal of Redis means, by its first word. */
const refusals: Readonly<Record<string, string>> = {
  OOM: 'is full (maxmemory). Give it more memory',
  MISCONF: 'cannot write to its disk. Free some space on it',
  READONLY: 'is a read-only copy. Give the address of the one that is written to',
  NOPERM: 'does not let Parallax write. Give its user more rights',
  LOADING: 'is still loading its data. Wait a moment',
}

function inWords(error: unknown): ParallaxError {
  if (error instanceof ParallaxError)
    return new ParallaxError('E_QUEUE_DOWN', error.message, { cause: error })
  const word = error instanceof Error && error instanceof ReplyError ? error.message.split(' ')[0] : undefined
  const meaning = refusals[word ?? '']
  const message =
    meaning === undefined ? 'The job queue (Redis) does not answer.' : `The job queue (Redis) ${meaning}.`
  return new ParallaxError('E_QUEUE_DOWN', message, { cause: error })
}

/** How long a server may take to answer. */
const timeoutMs = 1_000

/** Seconds after which Redis forgets what a check has written. */
const forgottenAfter = 10

async function look(client: Redis, address: RedisAddress, key: string): Promise<void> {
  if (client.status !== 'ready') await once(client, 'ready', { signal: AbortSignal.timeout(timeoutMs) })
  await client.set(key, '', 'EX', forgottenAfter)
  if ('url' in address) requireSafe(parseInfo(await client.info()), address.url)
}

/** A probe that writes one key under the prefix of the queue. */
export function createProbe(address: RedisAddress, prefix: string): Probe {
  const client = redisClient(address, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
    commandTimeout: timeoutMs,
    retryStrategy: (times) => Math.min(times * 100, 500),
  })
  client.on('error', () => {}) // Told by the checks.
  client.setMaxListeners(0)
  return {
    check: () =>
      look(client, address, `${prefix}:probe`).catch((error: unknown) => {
        throw inWords(error)
      }),
    close: () => client.disconnect(),
  }
}
