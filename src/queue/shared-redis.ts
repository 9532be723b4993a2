import { ReplyError, type Redis } from 'ioredis'
import { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'
import { connectOnce, parseInfo, requireRecentRedis, type OpenRedis } from './redis.ts'

const redisUrl = z.url({ protocol: /^rediss?$/ })

/** The settings without which Redis loses jobs it has acknowledged: field of INFO, value, and the setting that mends it. */
const requirements = [
  { field: 'maxmemory_policy', value: 'noeviction', setting: 'maxmemory-policy noeviction' },
  { field: 'aof_enabled', value: '1', setting: 'appendonly yes' },
] as const

/**
 * Checks a Redis that somebody else runs. Rejects with E_BAD_REQUEST when the URL is none or when the server may lose
 * jobs, and with E_QUEUE_DOWN when it does not answer or is too old.
 */
export async function openSharedRedis(url: string): Promise<OpenRedis> {
  if (!redisUrl.safeParse(url).success)
    throw new ParallaxError(
      'E_BAD_REQUEST',
      'The address of Redis is not a URL such as redis://host:6379 or rediss://user:password@host:6380.',
    )
  const client = await connect(url)
  try {
    const warnings = requireSafe(parseInfo(await info(client, url)), url)
    return { address: { url }, warnings, close: async () => {} }
  } finally {
    client.disconnect()
  }
}

async function connect(url: string): Promise<Redis> {
  try {
    return await connectOnce({ url }, { connectTimeout: 5_000, commandTimeout: 5_000 })
  } catch (error) {
    throw unusable(url, error)
  }
}

async function info(client: Redis, url: string): Promise<string> {
  try {
    return await client.info()
  } catch (error) {
    throw unusable(url, error)
  }
}

/** Throws on what is known to be wrong, by the server's INFO; answers a warning for what it does not tell. */
export function requireSafe(info: ReadonlyMap<string, string>, url: string): string[] {
  requireRecentRedis(info)
  const host = hostOf(url)
  for (const { field, value, setting } of requirements) {
    if ((info.get(field) ?? value) !== value) throw mustBeSet(host, setting)
  }
  return requirements
    .filter(({ field }) => !info.has(field))
    .map(
      ({ setting }) =>
        `The Redis at ${host} does not tell its settings. Make sure that it runs with "${setting}".`,
    )
}

const mustBeSet = (host: string, setting: string): ParallaxError =>
  new ParallaxError(
    'E_BAD_REQUEST',
    `The Redis at ${host} may lose jobs. Run \`redis-cli CONFIG SET ${setting}\`, and put the line \`${setting}\` into its redis.conf.`,
  )

function unusable(url: string, cause: unknown): ParallaxError {
  const why = reasonOf(cause)
  const help =
    cause instanceof ReplyError
      ? 'Check the user, the password and what the user may do: Parallax needs the INFO command.'
      : 'Check that it runs and that the address is right.'
  return new ParallaxError('E_QUEUE_DOWN', `The Redis at ${hostOf(url)} cannot be used (${why}). ${help}`, {
    cause,
  })
}

/** A name with several addresses fails with all their errors, and no message of its own. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0])
  return cause instanceof Error ? cause.message || cause.name : String(cause)
}

/** Host and port: never the password. */
const hostOf = (url: string): string => new URL(url).host
