import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { ParallaxError } from '../core/errors.ts'
import { tellOnce } from '../timing/tell-once.ts'
import { withFileLock } from './file-lock.ts'
import { connectOnce, parseInfo, requireRecentRedis, type OpenRedis } from './redis.ts'
import { prepareRedisPlace, type RedisPlace } from './redis-place.ts'
import { startRedisServer, type OnWarning } from './redis-server.ts'

export interface PrivateRedisOptions {
  /** The data folder; processes with the same one share a server. */
  readonly home: string
  /** The program to start; default `redis-server` on the PATH. */
  readonly redisServer?: string | undefined
  /** Told later, as a sentence, that something was set aside, and why a server that died cannot be started again. */
  readonly onWarning?: OnWarning | undefined
}

const holderName = 'parallax-holder'
const lockTimeoutMs = 90_000
/** Between two tries to start a server again. */
const againMs = 500

/**
 * Joins the private Redis of a data folder, starting it where it does not run, and again when it dies.
 * The last process to close shuts it down. Rejects with E_QUEUE_DOWN when there is no usable `redis-server`.
 */
export async function openPrivateRedis({
  home,
  redisServer = 'redis-server',
  onWarning = () => {},
}: PrivateRedisOptions): Promise<OpenRedis> {
  const place = await prepareRedisPlace(home)
  const warnings: string[] = []
  const first = await hold(place, redisServer, (sentence) => warnings.push(sentence))
  const takeAnother = () => hold(place, redisServer, onWarning)
  const closing = new AbortController()
  const lastHolder = keepHolding(first, takeAnother, onWarning, closing.signal)
  return {
    address: { socket: place.socket },
    warnings,
    async close() {
      closing.abort()
      await leave(place, await lastHolder)
    },
  }
}

/** A connection that tells other processes that this one uses the server. */
async function hold(place: RedisPlace, program: string, onWarning: OnWarning): Promise<Redis> {
  const join = () => connect(place)
  try {
    return await withFileLock(place.lock, lockTimeoutMs, async () =>
      refuseOld((await join()) ?? (await startRedisServer(place, program, join, onWarning))),
    )
  } catch (error) {
    if (error instanceof ParallaxError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new ParallaxError('E_QUEUE_DOWN', `The private Redis in ${place.folder} cannot be used: ${why}.`, {
      cause: error,
    })
  }
}

async function refuseOld(holder: Redis): Promise<Redis> {
  try {
    requireRecentRedis(parseInfo(await holder.info('server')))
    return holder
  } catch (error) {
    await shutDown(holder)
    throw error
  }
}

/** Null when nobody listens at the socket. */
async function connect({ socket, log }: RedisPlace): Promise<Redis | null> {
  try {
    return await connectOnce({ socket }, { connectionName: holderName, commandTimeout: 5_000 })
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^(ENOENT|ECONNREFUSED)$/.test(String(error.code)))
      return null
    const message = `The private Redis does not answer. Its log is ${log}.`
    throw new ParallaxError('E_QUEUE_DOWN', message, { cause: error })
  }
}

/** Takes a new hold whenever the server was lost; answers the last one when aborted. */
async function keepHolding(
  first: Redis,
  take: () => Promise<Redis>,
  onWarning: OnWarning,
  closing: AbortSignal,
): Promise<Redis> {
  let holder = first
  while (!closing.aborted) {
    await endOf(holder, closing)
    if (!closing.aborted) holder = await takeAgain(holder, take, onWarning, closing)
  }
  return holder
}

/**
 * Tries until there is a new hold, and tells once for each reason why there is none; answers the lost one when aborted. A
 * server that is just dying hangs up on whoever comes: the first failure is told only when the next try fails too.
 */
async function takeAgain(
  lost: Redis,
  take: () => Promise<Redis>,
  onWarning: OnWarning,
  closing: AbortSignal,
): Promise<Redis> {
  const { tell } = tellOnce<ParallaxError>(({ message }) => onWarning(message))
  for (let failures = 0; !closing.aborted; failures++) {
    try {
      return await take()
    } catch (error) {
      if (!(error instanceof ParallaxError)) throw error
      if (failures > 0) tell(error)
      await delay(againMs, undefined, { signal: closing }).catch(() => {})
    }
  }
  return lost
}

async function endOf(holder: Redis, closing: AbortSignal): Promise<void> {
  if (holder.status === 'end') return
  await new Promise<void>((resolve) => {
    holder.once('end', resolve)
    closing.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function leave({ lock }: RedisPlace, holder: Redis): Promise<void> {
  await withFileLock(lock, lockTimeoutMs, async () => {
    if (holder.status === 'end') return
    if ((await countHolders(holder)) <= 1) await shutDown(holder)
    else await leaveOthers(holder)
  })
}

/** Resolves when the server knows: a holder that is on its way out must not count when the next one leaves. */
async function leaveOthers(holder: Redis): Promise<void> {
  await holder.quit().catch(() => {})
}

async function countHolders(holder: Redis): Promise<number> {
  const clients = String(await holder.client('LIST'))
  return clients.split('\n').filter((line) => line.includes(` name=${holderName} `)).length
}

/** Resolves when the server has closed the connection, the last thing it does. */
async function shutDown(holder: Redis): Promise<void> {
  const ended = new Promise<void>((resolve) => holder.once('end', () => resolve()))
  // Redis answers by hanging up; what was acknowledged is in the append-only file.
  await holder.shutdown('NOSAVE').catch(() => {})
  await ended
}
