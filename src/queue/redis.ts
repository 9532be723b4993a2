import { Redis, type RedisOptions } from 'ioredis'
import { ParallaxError } from '../core/errors.ts'

/** Where a Redis listens: a unix socket, or a URL such as `redis://user:password@host:6379/0` or `rediss://…`. */
export type RedisAddress = { readonly socket: string } | { readonly url: string }

/** The address as it may be shown: without user, password and options, which may hold them too. */
export function withoutCredentials(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

/** A Redis that this process may use until it closes it. */
export interface OpenRedis {
  readonly address: RedisAddress
  /** Sentences for a person: what could not be checked, and what was damaged. */
  readonly warnings: readonly string[]
  close(): Promise<void>
}

/** A client of the address; whoever calls listens to its errors. */
export function redisClient(address: RedisAddress, options: RedisOptions): Redis {
  return 'url' in address ? new Redis(address.url, options) : new Redis({ ...options, path: address.socket })
}

/** Connects without retries; rejects with the connection's first error. */
export async function connectOnce(address: RedisAddress, options: RedisOptions): Promise<Redis> {
  const client = redisClient(address, { ...options, lazyConnect: true, retryStrategy: () => null })
  let first: Error | undefined
  client.on('error', (error: Error) => (first ??= error))
  try {
    await client.connect()
    return client
  } catch (error) {
    client.disconnect()
    throw first ?? error
  }
}

/** The fields of Redis's INFO by name. */
export function parseInfo(info: string): ReadonlyMap<string, string> {
  const fields = info.split(/\r?\n/).filter((line) => line.includes(':'))
  return new Map(fields.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]))
}

/** Throws E_QUEUE_DOWN for a server older than 6.2, by its INFO. */
export function requireRecentRedis(info: ReadonlyMap<string, string>): void {
  const version = info.get('redis_version')
  if (version === undefined) return
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 6 || (major === 6 && minor >= 2)) return
  throw new ParallaxError('E_QUEUE_DOWN', `Redis ${version} is too old. Parallax needs Redis 6.2 or newer.`)
}
