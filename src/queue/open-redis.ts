import { openPrivateRedis, type PrivateRedisOptions } from './private-redis.ts'
import type { OpenRedis } from './redis.ts'
import { openSharedRedis } from './shared-redis.ts'

export interface OpenRedisOptions extends PrivateRedisOptions {
  /** A Redis that somebody else runs, instead of a private one. */
  readonly url?: string | undefined
}

/** Opens the Redis at the URL, or the private one of the data folder. */
export const openRedis = ({ url, ...options }: OpenRedisOptions): Promise<OpenRedis> =>
  url === undefined ? openPrivateRedis(options) : openSharedRedis(url)
