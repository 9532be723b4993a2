import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { hostname } from 'node:os'

/** Under which the queues of a data folder stand in Redis, so that folders which share a server do not share their work. */
export function queuePrefix(home: string): string {
  const place = JSON.stringify([hostname(), realpathSync(home)])
  return `parallax-${createHash('sha256').update(place).digest('hex').slice(0, 16)}`
}
